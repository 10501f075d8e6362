import { openQueue, type QueueName } from '@guanlan/jobs/queues'
import type { Redis } from 'ioredis'

/** A job that has failed for good, as its worker leaves it. @returns its id */
export async function insertFailedJob(redis: Redis, name: QueueName, data: object, reason: string): Promise<string> {
  const queue = openQueue(redis, name)
  const job = await queue.add(name, data as never, { attempts: 1 })
  const { id } = job
  if (id === undefined) throw new Error('The job has no id.')
  const key = queue.toKey('')
  const now = Date.now()
  await redis
    .multi()
    .lrem(`${key}wait`, 0, id)
    .zadd(`${key}failed`, now, id)
    .hset(`${key}${id}`, { failedReason: reason, finishedOn: now, atm: 1 })
    .exec()
  return id
}
