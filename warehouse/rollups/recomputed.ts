/** What a recompute has done so far. */
export interface Recomputed {
  /** Rows written. */
  sessions: number
  attributions: number
  /** Buckets written. */
  hours: number
  days: number
}
