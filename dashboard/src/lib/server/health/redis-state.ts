import type { Redis } from 'ioredis'

export interface RedisState {
  version: string
  used_bytes: number
  /** 0: without a limit. */
  limit_bytes: number
  /** What it does when memory is full; jobs are only safe with noeviction. */
  policy: string
}

/** How Redis is. @throws what Redis throws */
export async function redisState(redis: Redis): Promise<RedisState> {
  const told = new Map(
    `${await redis.info('server')}\n${await redis.info('memory')}`.split(/\r?\n/).map((line) => {
      const [name = '', value = ''] = line.split(':')
      return [name, value]
    }),
  )
  return {
    version: told.get('redis_version') ?? '',
    used_bytes: Number(told.get('used_memory') ?? 0),
    limit_bytes: Number(told.get('maxmemory') ?? 0),
    policy: told.get('maxmemory_policy') ?? '',
  }
}
