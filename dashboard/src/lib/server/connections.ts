import { connectWarehouse, type Warehouse } from '@guanlan/warehouse/client'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { KeyUse } from '@guanlan/warehouse/settings/key-use'
import type { Redis } from 'ioredis'
import { type Logger, pino } from 'pino'
import { type Env, readEnv } from '../../../env.ts'
import { Changes } from './live/changes.ts'

export interface Connections {
  env: Env
  log: Logger
  warehouse: Warehouse
  redis: Redis
  keyUse: KeyUse
  /** What has changed in which store. */
  changes: Changes
}

let open: Connections | undefined
let listener: Redis | undefined

/** Opens what the server talks to; called once, before the first request. */
export function openConnections(env = readEnv()): Connections {
  const log = pino({ name: 'dashboard', level: env.LOG_LEVEL })
  const redis = connectRedis(env.REDIS_URL, { name: 'dashboard', log, maxRetriesPerRequest: 1, commandTimeout: 3000 })
  open = {
    env,
    log,
    warehouse: connectWarehouse(env.CLICKHOUSE_URL, 'dashboard'),
    redis,
    keyUse: new KeyUse(redis),
    changes: new Changes(),
  }
  // It subscribes, and can do nothing else; what fails before Redis is there it does again by itself.
  listener = connectRedis(env.REDIS_URL, { name: 'dashboard-listener', log })
  open.changes.hear(listener).catch((error: unknown) => log.warn({ err: error }, 'changes are not heard'))
  return open
}

/** The open connections. */
export function connections(): Connections {
  if (!open) throw new Error('The server has not opened its connections yet.')
  return open
}

/** Lets go of everything, after the last request. */
export async function closeConnections(): Promise<void> {
  const closing = open
  open = undefined
  closing?.redis.disconnect()
  listener?.disconnect()
  await closing?.warehouse.close()
}
