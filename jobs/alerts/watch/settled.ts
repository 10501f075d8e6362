import type { Explanation } from '@guanlan/warehouse/alerts/incident'

export type DataTrouble = NonNullable<Explanation['data_trouble']>

/** How far the facts of a store are, in milliseconds. */
export interface Arrival {
  /** Everything that ingest accepted before it can be read; undefined while no ingest process says so. */
  watermark: number | undefined
  /** Sessions are made of everything inserted before it. */
  sessionsUntil: number
  /** When the store's newest fact was inserted; null: none for an hour. */
  insertedAt: number | null
}

/** Up to where buckets are settled, and up to where those come that are not and will not be waited for. */
export interface Settled {
  good: number
  last: number
  /** Why the buckets between the two have no number that counts. */
  trouble: DataTrouble
}

/** Senders gather events for some seconds, and their clocks are not quite ours. */
const soonestMs = 15_000
const latestMs = 60_000

/**
 * A bucket is settled when the watermark has passed its end and sessions are made of it, and is not waited for longer
 * than a minute: then it is judged if its facts are there, and is called without data if they are not.
 */
export function settledAt(now: number, { watermark, sessionsUntil, insertedAt }: Arrival): Settled {
  const latest = now - latestMs
  if (watermark === undefined) {
    return { good: Math.min(latest, insertedAt ?? Number.NEGATIVE_INFINITY), last: latest, trouble: 'ingest_down' }
  }
  const sessions = insertedAt === null || sessionsUntil >= insertedAt ? Number.POSITIVE_INFINITY : sessionsUntil
  const good = Math.min(now - soonestMs, watermark, Math.max(sessions, latest))
  const isInserting = insertedAt !== null && insertedAt > latest
  return { good, last: Math.max(good, latest), trouble: isInserting ? 'spool_behind' : 'warehouse_behind' }
}
