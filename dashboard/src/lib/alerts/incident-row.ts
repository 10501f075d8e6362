import type { Incident } from '@guanlan/warehouse/alerts/incident'
import type { Loss } from '@guanlan/warehouse/alerts/loss-of'
import type { MetricWords } from '#lib/server/words.ts'

export type { Incident, Loss }

/** A value of a slice, with the names that people know both by. */
export interface Slice {
  dimension: string
  value: string
  dimension_label: string
  label: string
}

/** An incident as lists, charts and banners tell it, in the reader's language. */
export interface IncidentRow
  extends Pick<
    Incident,
    | 'rule'
    | 'grain'
    | 'finding'
    | 'severity'
    | 'state'
    | 'opened_at'
    | 'began_at'
    | 'acknowledged'
    | 'escalated_at'
    | 'silenced_until'
    | 'resolved_at'
    | 'reopened'
    | 'owner'
    | 'group'
    | 'value'
    | 'feedback'
  > {
  id: string
  version: number
  metric: MetricWords
  slice: Slice | null
  loss: Loss | null
  /** What explains most of it. */
  cause: { slices: Slice[]; share: number } | null
  data_trouble: NonNullable<Incident['explanation']>['data_trouble']
  /** Incidents that are told with this one. */
  members: number
}
