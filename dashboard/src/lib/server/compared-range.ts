import { comparedPeriod } from '@guanlan/warehouse/queries/comparison'
import { periodOf, toIso } from '@guanlan/warehouse/queries/period'
import { soFar } from './overview/overview-requests.ts'
import type { NamedStore } from './stores.ts'
import type { View } from './view.ts'

/** A stretch of time as days or instants, for endpoints that take `from` and `to`. */
export interface Range {
  from: string
  to: string
}

/**
 * The stretch that the period of a page is compared with, as instants: as long as the period has gone on so far. `until`
 * is that moment, when the period is not over.
 */
export function comparedRange(
  store: NamedStore,
  { period, comparison, against, now }: Pick<View, 'period' | 'comparison' | 'against' | 'now'>,
): { compared?: Range; until?: string } {
  const { date_range, compare, until } = soFar({ store, period, comparison, against, now })
  if (!compare) return until ? { until } : {}
  const zone = store.time_zone
  const { from, to } = comparedPeriod(periodOf(date_range, zone), compare, zone)
  return { compared: { from: toIso(from), to: toIso(to) }, ...(until && { until }) }
}

/** A period as its days, or as the instants of the campaign that it is. */
export const boundsOf = ({ from, to, campaign }: View['period']): Range =>
  campaign ? { from: campaign.starts_at, to: campaign.ends_at } : { from, to }
