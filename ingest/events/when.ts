import { dayMs, earliest, latest, parseInstant } from '../time.ts'
import { BadField } from './field-problem.ts'

/**
 * A clock that is wrong by less says nothing a chart could show, while correcting it would add each request's own
 * latency and turn the order of two events round that were sent one after the other.
 */
const smallestSkewMs = 5000

/** Beyond it `sentAt` is no clock that is wrong but a body that was kept and sent again. */
const largestSkewMs = dayMs

/** A time as the Segment API has it: ISO 8601, UTC unless it says otherwise, or milliseconds since 1970. */
export function readTime(value: string | number | null | undefined, path: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const at = typeof value === 'number' ? value : parseInstant(value, 'utc')
  if (at === undefined || !Number.isFinite(at)) {
    throw new BadField('invalid_time', path, 'must be an instant, as in 2026-11-11T00:00:00.000Z')
  }
  return Math.trunc(at)
}

/** The sender's clock at sending; one that cannot be read corrects nothing, and is no reason to refuse what it sends. */
export function readSentAt(value: string | number | null | undefined): number | undefined {
  const at = typeof value === 'string' ? parseInstant(value, 'utc') : value
  return typeof at === 'number' && Number.isFinite(at) ? at : undefined
}

/**
 * When something happened by the sender's clock, and corrected by how far that clock is off.
 * @param sentAt by the sender's clock, undefined when it is not told
 * @throws BadField for a time out of all bounds, or more than a day ahead of ours
 */
export function placeInTime(timestamp: number, sentAt: number | undefined, receivedAt: number): number {
  if (timestamp < earliest || timestamp >= latest) {
    throw new BadField('time_out_of_range', 'timestamp', 'must lie between 2000 and 2100')
  }
  const skew = sentAt === undefined ? 0 : receivedAt - sentAt
  const off = Math.abs(skew)
  const occurredAt = off > smallestSkewMs && off <= largestSkewMs ? timestamp + skew : timestamp
  if (occurredAt > receivedAt + dayMs) {
    throw new BadField('time_in_future', 'timestamp', 'lies more than a day in the future')
  }
  return occurredAt
}
