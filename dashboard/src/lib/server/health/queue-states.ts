import type { QueueName } from '@guanlan/jobs/queues'
import type { Redis } from 'ioredis'
import { queueNames, queueOf } from './queues.ts'

export interface QueueState {
  name: QueueName
  waiting: number
  delayed: number
  active: number
  failed: number
  /** For how long the oldest job has been due; null when none is. */
  oldest_seconds: number | null
  /** Of the last 24 hours; the jobs that failed for good. */
  runs: number
  failures: number
  workers: number
}

const day = 24 * 60

/** Counts by the minute, newest first; they stand still while nothing runs, so the newest may be old. */
function ofDay({ meta, data }: { meta: { prevTS: number }; data: readonly (number | string)[] }, now: number): number {
  const idle = Math.max(0, Math.floor((now - Number(meta.prevTS)) / 60_000))
  return data.slice(0, Math.max(0, day - idle)).reduce<number>((all, one) => all + Number(one), 0)
}

async function stateOf(redis: Redis, name: QueueName, now: number): Promise<QueueState> {
  const queue = queueOf(redis, name)
  const [counts, [oldest], completed, failed, workers] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed'),
    queue.getJobs(['waiting'], 0, 0, true),
    queue.getMetrics('completed', 0, day - 1),
    queue.getMetrics('failed', 0, day - 1),
    queue.getWorkersCount(),
  ])
  const due = oldest && oldest.timestamp + (oldest.opts.delay ?? 0)
  return {
    name,
    waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
    delayed: counts.delayed ?? 0,
    active: counts.active ?? 0,
    failed: counts.failed ?? 0,
    oldest_seconds: due === undefined ? null : Math.max(0, (now - due) / 1000),
    runs: ofDay(completed, now),
    failures: ofDay(failed, now),
    workers,
  }
}

/** How every queue is. @throws what Redis throws */
export const queueStates = (redis: Redis, now = Date.now()): Promise<QueueState[]> =>
  Promise.all(queueNames.map((name) => stateOf(redis, name, now)))
