import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'

interface Connection extends Omit<RedisOptions, 'replyMapping' | 'protocol'> {
  /** Who connects; it appears in CLIENT LIST. */
  name: string
  /** Where lost and regained connections are told; without it they are silent. */
  log?: Logger
}

/** `unix:///path/to/redis.sock` → the path; undefined for an address on the network. */
const socketPath = (url: string) => (url.startsWith('unix:') ? decodeURIComponent(new URL(url).pathname) : undefined)

/**
 * Opens a connection to Redis that reconnects for as long as it lives. Commands wait while it is away; one that must
 * not takes `maxRetriesPerRequest`, `enableOfflineQueue` or `commandTimeout` among the options.
 * @param url redis://, rediss:// or unix:///path/to/socket
 * @example const redis = connectRedis(env.REDIS_URL, { name: 'ingest', log })
 */
export function connectRedis(url: string, { name, log, ...options }: Connection): Redis {
  const path = socketPath(url)
  const all = {
    connectionName: name,
    // What BullMQ asks of the connections it is given.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(attempt * 50, 2000),
    ...options,
  }
  const redis = path === undefined ? new Redis(url, all) : new Redis({ path, ...all })
  let lost = false
  redis.on('error', (error: Error) => {
    if (!lost) log?.warn({ err: error }, 'Redis is away; trying again')
    lost = true
  })
  redis.on('ready', () => {
    if (lost) log?.info('Redis is back')
    lost = false
  })
  return redis
}
