import type { Warehouse } from '@guanlan/warehouse/client'
import { readStorage } from '@guanlan/warehouse/queries/storage/storage'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { InstanceFacts } from '#lib/health/facts.ts'
import { within } from '#lib/within.ts'
import type { Env } from '../../../../env.ts'
import { remember } from '../remember.ts'
import { ingestState } from './ingest-state.ts'
import { queueStates } from './queue-states.ts'
import { redisState } from './redis-state.ts'

const patienceMs = 4000
/** Whoever looks, and however often pages refresh: the machinery is asked every five seconds at most. */
const told = remember<InstanceFacts>(5000)

interface World {
  warehouse: Warehouse
  redis: Redis
  log: Logger
  env: Env
}

/** How the machinery is that all stores share. Never rejects: what does not answer is null. */
export const loadInstance = ({ warehouse, redis, log, env }: World): Promise<InstanceFacts> =>
  told('instance', async () => {
    const orNull = <T>(what: string, answer: Promise<T>) =>
      within(patienceMs, answer, what).catch((error: unknown) => {
        log.warn({ err: error }, `the state of ${what} cannot be told`)
        return null
      })
    const [ingest, queues, ofRedis, storage] = await Promise.all([
      ingestState(env),
      orNull('the queues', queueStates(redis)),
      orNull('Redis', redisState(redis)),
      orNull('the warehouse', readStorage(warehouse, { by: 'health' })),
    ])
    return { ingest, queues, redis: ofRedis, storage }
  })
