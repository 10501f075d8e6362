import { openQueue, queues as payloads, type QueueName } from '@guanlan/jobs/queues'
import type { Redis } from 'ioredis'

export const queueNames = Object.keys(payloads) as QueueName[]

type Queues = Map<QueueName, ReturnType<typeof openQueue>>
const opened = new WeakMap<Redis, Queues>()

/** A queue of the jobs, to look at; each is opened once for a connection. */
export function queueOf(redis: Redis, name: QueueName): ReturnType<typeof openQueue> {
  const all: Queues = opened.get(redis) ?? new Map()
  opened.set(redis, all)
  const queue = all.get(name) ?? openQueue(redis, name)
  all.set(name, queue)
  return queue
}
