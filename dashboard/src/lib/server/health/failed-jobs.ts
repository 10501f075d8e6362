import { type QueueName, queues } from '@guanlan/jobs/queues'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { queueNames, queueOf } from './queues.ts'

export interface FailedJob {
  queue: QueueName
  id: string
  /** Whose job it is; '' where its data do not tell. */
  store_id: string
  /** JSON. */
  data: string
  reason: string
  attempts: number
  failed_at: string
}

const named = z.object({ store_id: z.string() })
const storeOf = (data: unknown): string => named.safeParse(data).data?.store_id ?? ''

/** So many are told of, and so many looked at together. */
const most = 100
const longestReason = 1000

/** The newest of a queue, however many of others lie between them. */
async function newestOf(redis: Redis, queue: QueueName, mine: (storeId: string) => boolean) {
  const found = []
  for (let from = 0; found.length < most; from += most) {
    const jobs = await queueOf(redis, queue).getFailed(from, from + most - 1)
    found.push(...jobs.filter(({ data }) => mine(storeOf(data))))
    if (jobs.length < most) break
  }
  return found
}

/**
 * Jobs that have failed for good and wait for somebody, newest first.
 * @param mine whose jobs are told of
 */
export async function failedJobs(redis: Redis, mine: (storeId: string) => boolean): Promise<FailedJob[]> {
  const all = await Promise.all(
    queueNames.map(async (queue) => {
      const jobs = await newestOf(redis, queue, mine)
      return jobs.map((job) => ({
        queue,
        id: job.id ?? '',
        store_id: storeOf(job.data),
        data: JSON.stringify(job.data),
        reason: (job.failedReason ?? '').slice(0, longestReason),
        attempts: job.attemptsMade,
        failed_at: new Date(job.finishedOn ?? job.timestamp).toISOString(),
      }))
    }),
  )
  return all
    .flat()
    .sort((a, b) => Date.parse(b.failed_at) - Date.parse(a.failed_at))
    .slice(0, most)
}

/** What became of a wish: done, not allowed, or somebody else was quicker. */
export type Settled = 'done' | 'forbidden' | 'gone'

/** Runs a failed job again from its first attempt, or forgets it. */
export async function settleJob(
  redis: Redis,
  { queue, id, what }: { queue: string; id: string; what: 'retry' | 'discard' },
  mine: (storeId: string) => boolean,
): Promise<Settled> {
  if (!Object.hasOwn(queues, queue)) return 'gone'
  const job = await queueOf(redis, queue as QueueName).getJob(id)
  if (!job || !(await job.isFailed())) return 'gone'
  if (!mine(storeOf(job.data))) return 'forbidden'
  if (what === 'discard') await job.remove()
  else await job.retry('failed', { resetAttemptsMade: true })
  return 'done'
}
