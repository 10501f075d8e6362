import type { Incident } from '@guanlan/warehouse/alerts/incident'

export type FindingName = Incident['finding']

/** A settled bucket of a series as it is to be judged; times in milliseconds. */
export interface Seen {
  start: number
  end: number
  value: number | null
  denominator?: number | undefined
  /** Of all values of the slice together. */
  total?: number | null | undefined
  /** The same time a week before; undefined where it lies in a campaign. */
  weekAgo?: number | null | undefined
  /** Where the target period that is running will end, and its target. */
  forecast?: { forecast: number; target: number } | undefined
}

/** What became of a bucket. */
export interface Judged {
  start: number
  end: number
  value: number | null
  expected: number | null
  lower: number | null
  upper: number | null
  /** Set at the bucket that raises an alarm. */
  opened: { finding: FindingName; began: number } | null
  /** Whether something is wrong with the series still. */
  open: boolean
  /** Buckets in a row since it is well again. */
  calm: number
}
