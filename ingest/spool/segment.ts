import type { Table } from './tables.ts'
import { tables } from './tables.ts'

/** A frozen file of rows: its first `bytes` bytes never change again. */
export interface Segment {
  table: Table
  sequence: number
  path: string
  /** What was acknowledged; a file whose end could not be cut after a failed write may be longer. */
  bytes: number
  /** When its first row was written, in milliseconds. */
  openedAt: number
  /** Unknown after a restart, until the file is read. */
  stores: ReadonlySet<string> | undefined
}

/** `events-000000000042.ndjson`: sorts as it was written. */
export const segmentName = (table: Table, sequence: number): string =>
  `${table}-${String(sequence).padStart(12, '0')}.ndjson`

/** The inverse of segmentName; undefined for a file that is no segment. */
export function parseSegmentName(name: string): { table: Table; sequence: number } | undefined {
  const match = /^([a-z_]+)-(\d{12,})\.ndjson$/.exec(name)
  const table = tables.find((known) => known === match?.[1])
  return table && { table, sequence: Number(match?.[2]) }
}
