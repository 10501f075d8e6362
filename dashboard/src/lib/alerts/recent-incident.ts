import type { Incident } from '@guanlan/warehouse/alerts/incident'

/** An incident as every page of a store knows it: for the count, the ticker, and bands of charts. */
export interface RecentIncident extends Pick<Incident, 'severity' | 'state' | 'began_at' | 'resolved_at' | 'group'> {
  id: string
  metric: string
  /** What it is about, in the reader's language: 支付金额 · 抖音. */
  subject: string
  /** It is about the whole store. */
  isWhole: boolean
  finding: Incident['finding']
  value: Incident['value']
  loss: { so_far: number; per_hour: number | null } | null
}

/** Those that somebody must look at, without those that are told with another. */
export const openIncidents = <One extends Pick<RecentIncident, 'state' | 'group'>>(all: readonly One[]): One[] =>
  all.filter(({ state, group }) => state !== 'resolved' && group === null)

/** Incidents of a metric as a time axis tells them. */
export const bandsOfMetric = (
  all: readonly Pick<RecentIncident, 'metric' | 'subject' | 'began_at' | 'resolved_at'>[],
  metric: string,
): { name: string; began_at: string; resolved_at: string | null }[] =>
  all
    .filter((one) => one.metric === metric)
    .map(({ subject: name, began_at, resolved_at }) => ({ name, began_at, resolved_at }))
