import { contactPoint } from '@guanlan/warehouse/settings/alerting'
import { Queue, QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Every queue and the payload of its jobs: what producers and workers share. */
export const queues = {
  /** Brings sessions, attribution and rollups of a store up to its newest facts. */
  recompute: z.object({ store_id: z.string() }),
  /** Snapshots of repurchase, cohorts, RFM and returns as of now. */
  'refresh-customers': z.object({ store_id: z.string() }),
  /** Compares the last 35 days of the rollups with raw facts and recomputes what differs. */
  compare: z.object({ store_id: z.string() }),
  /** Judges what has settled of a store's series, and opens, updates and ends its incidents. */
  watch: z.object({ store_id: z.string() }),
  /** Deletes rows that a store still has, or has got, after it was removed. */
  'empty-removed-store': z.object({ store_id: z.string() }),
  /** Tells contact points what waits for them. */
  deliver: z.object({ store_id: z.string() }),
  /** Sends a test message; the answer is a TestAnswer. `value`: a contact point that is not saved yet, sealed as it will be. */
  'test-contact-point': z.object({
    store_id: z.string(),
    contact_point_id: z.string(),
    value: contactPoint.optional(),
  }),
} as const
export type QueueName = keyof typeof queues
export type Payload<Name extends QueueName> = z.output<(typeof queues)[Name]>

/** What became of a test message. */
export interface TestAnswer {
  ok: boolean
  /** Why not, in the receiver's words; of the address nothing but its host is told. */
  error: string
  /** What the receiver said. */
  answer: string
  milliseconds: number
}

/** Every queue's keys in Redis begin with this. */
export const prefix = 'guanlan'

const keep = {
  attempts: 4,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
  removeOnComplete: { age: 3600, count: 200 },
  removeOnFail: { age: 7 * 24 * 3600, count: 1000 },
} as const

/**
 * Opens a queue to add jobs to; it connects at the first use. Closing it leaves the Redis connection open.
 * @example const recompute = openQueue(redis, 'recompute'); await wake(recompute, 'main')
 */
export function openQueue<Name extends QueueName>(redis: Redis, name: Name): Queue<Payload<Name>, unknown, string> {
  const queue = new Queue<Payload<Name>, unknown, string>(name, { connection: redis, prefix, defaultJobOptions: keep })
  // Redis tells its own errors; without a listener here they would end the process.
  queue.on('error', () => {})
  return queue
}

/**
 * Asks for a store's job to run, within the next second. However often it is asked, one job waits at most; asked while the
 * job runs, it runs once more afterwards, so no wake-up is lost. Losing Redis loses it: the scheduler asks again in seconds.
 * @throws what Redis throws; a connection that waits for an absent Redis makes this wait too
 */
export async function wake(
  queue: Queue,
  store_id: string,
  { delayMs = 1000 }: { delayMs?: number } = {},
): Promise<void> {
  await queue.add(queue.name, { store_id }, { delay: delayMs, deduplication: { id: store_id, keepLastIfActive: true } })
}

/**
 * Sends a test message to a contact point and waits for what becomes of it. Through a queue, because one process alone
 * speaks to receivers: the one whose way out is guarded.
 * @throws when nobody has answered by then
 */
export async function testContactPoint(
  redis: Redis,
  payload: Payload<'test-contact-point'>,
  { withinMs = 30_000 } = {},
): Promise<TestAnswer> {
  const name = 'test-contact-point'
  const queue = openQueue(redis, name)
  const events = new QueueEvents(name, { connection: redis, prefix })
  events.on('error', () => {})
  try {
    await events.waitUntilReady()
    const job = await queue.add(name, payload, { attempts: 1 })
    return (await job.waitUntilFinished(events, withinMs)) as TestAnswer
  } finally {
    await Promise.all([events.close(), queue.close()])
  }
}
