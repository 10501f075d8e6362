import { readFile } from 'node:fs/promises'
import { isRefusal } from './insert.ts'
import type { Segment } from './segment.ts'

export interface Refused {
  line: string
  reason: string
}

/** The rows of a segment, each with its newline. */
export async function linesOf(segment: Segment): Promise<Buffer[]> {
  const bytes = (await readFile(segment.path)).subarray(0, segment.bytes)
  const lines: Buffer[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start) + 1
    lines.push(bytes.subarray(start, end))
    start = end
  }
  return lines
}

/**
 * Inserts what can be inserted, in halves, until the rows that ClickHouse refuses stand alone.
 * @returns those rows
 * @throws what is no refusal: then the whole is tried again later, and rows that arrived twice change nothing
 */
export async function insertBisecting(lines: Buffer[], insert: (lines: Buffer[]) => Promise<void>): Promise<Refused[]> {
  try {
    await insert(lines)
    return []
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (lines.length > 1) {
      const middle = Math.ceil(lines.length / 2)
      const first = await insertBisecting(lines.slice(0, middle), insert)
      return [...first, ...(await insertBisecting(lines.slice(middle), insert))]
    }
    const reason = error instanceof Error ? error.message : String(error)
    return lines.map((line) => ({ line: line.toString().trimEnd(), reason }))
  }
}
