import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { createDeliver } from './alerts/deliver/deliver.ts'
import type { Delivery } from './alerts/deliver/delivery.ts'
import { createTestContactPoint } from './alerts/deliver/test-contact-point.ts'
import { createWatch } from './alerts/watch/watch.ts'
import { compare } from './handlers/compare.ts'
import { emptyRemovedStore } from './handlers/empty-removed-store.ts'
import { recompute } from './handlers/recompute.ts'
import { refreshCustomers } from './handlers/refresh-customers.ts'
import type { Metrics } from './metrics.ts'
import { openQueue, type QueueName } from './queues.ts'
import { startSchedule } from './schedule.ts'
import { startWorker } from './start-worker.ts'
import type { Handler, World } from './world.ts'

/** How many jobs of a queue run beside each other: each of another store. */
const concurrency = {
  ...{ recompute: 2, 'refresh-customers': 1, compare: 1, watch: 1, 'empty-removed-store': 1 },
  // They wait for receivers most of the time.
  ...{ deliver: 8, 'test-contact-point': 4 },
} as const

interface Options {
  metrics: Metrics
  delivery: Delivery
  onCrash: (error: Error) => void
}

/** All queues, to add to and to look at. */
export const openQueues = (redis: Redis) => ({
  recompute: openQueue(redis, 'recompute'),
  'refresh-customers': openQueue(redis, 'refresh-customers'),
  compare: openQueue(redis, 'compare'),
  watch: openQueue(redis, 'watch'),
  'empty-removed-store': openQueue(redis, 'empty-removed-store'),
  deliver: openQueue(redis, 'deliver'),
  'test-contact-point': openQueue(redis, 'test-contact-point'),
})
export type Queues = ReturnType<typeof openQueues>

/** Starts the workers of all queues and the schedule. */
export function runJobs(world: World, queues: Queues, { metrics, delivery, onCrash }: Options) {
  const start = <Name extends QueueName>(name: Name, handler: Handler<Name>) =>
    startWorker(name, handler, world, { metrics, onCrash, concurrency: concurrency[name] })
  const workers = [
    start('recompute', recompute),
    start('refresh-customers', refreshCustomers),
    start('compare', compare),
    start('watch', createWatch()),
    start('empty-removed-store', emptyRemovedStore),
    start('deliver', createDeliver(delivery)),
    start('test-contact-point', createTestContactPoint(delivery)),
  ]
  const schedule = startSchedule(world, queues)
  return {
    /**
     * Takes no more jobs and waits for the running ones, which end after the step they are in, at most so long; a job
     * that the end of this process then cuts off runs again in another.
     */
    stop: async (withinMs: number): Promise<void> => {
      const patience = new AbortController()
      const done = schedule.stop().then(() => Promise.all(workers.map((worker) => worker.close())))
      // A worker that is closing cannot be made to hurry: its second close waits for the first.
      await Promise.race([done, sleep(withinMs, undefined, { signal: patience.signal }).catch(() => {})])
      patience.abort()
    },
  }
}
