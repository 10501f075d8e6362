import { connectWarehouse, type Warehouse } from '@guanlan/warehouse/client'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import type { Redis } from 'ioredis'
import { type Logger, pino } from 'pino'
import { type Env, readEnv } from '../../../env.ts'

export interface Connections {
  env: Env
  log: Logger
  warehouse: Warehouse
  redis: Redis
  /** A connection of its own: one that subscribes can do nothing else. */
  listener: Redis
}

let open: Connections | undefined

/** Opens what the server talks to; called once, before the first request. */
export function openConnections(env = readEnv()): Connections {
  const log = pino({ name: 'dashboard', level: env.LOG_LEVEL })
  const redis = (name: string) =>
    connectRedis(env.REDIS_URL, { name, log, maxRetriesPerRequest: 1, commandTimeout: 3000 })
  open = {
    env,
    log,
    warehouse: connectWarehouse(env.CLICKHOUSE_URL, 'dashboard'),
    redis: redis('dashboard'),
    listener: redis('dashboard-listener'),
  }
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
  closing?.listener.disconnect()
  await closing?.warehouse.close()
}
