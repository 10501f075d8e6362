/** The tables that ingest fills; each has segments of its own, so one that is refused holds up no other. */
export const tables = [
  'events',
  'orders',
  'refunds',
  'products',
  'inventory',
  'ad_spend',
  'tickets',
  'reviews',
  'rejected_events',
  'page_clicks',
  'page_readings',
  'module_readings',
  'page_snapshots',
  'snapshot_contents',
] as const
export type Table = (typeof tables)[number]

/** Whether a table holds what heatmaps are drawn from, and nothing else is. */
export const isOfHeatmaps = (table: Table): boolean => /^(page|module|snapshot)_/.test(table)

/** Rows on their way to a table: JSON objects, one a line, each beginning with its `store_id`. */
export interface Rows {
  table: Table
  lines: string[]
  /** Whose rows these are. */
  stores: Iterable<string>
}
