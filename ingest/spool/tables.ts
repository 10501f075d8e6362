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
] as const
export type Table = (typeof tables)[number]

/** Rows on their way to a table: JSON objects, one a line, each beginning with its `store_id`. */
export interface Rows {
  table: Table
  lines: string[]
  /** Whose rows these are. */
  stores: Iterable<string>
}
