import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

/**
 * Lets something be tried so often in so many seconds, by each key; counted in Redis, and in memory while it is away.
 * @returns take: counts a try, and says how many seconds to wait when there were too many; forgive: takes a try back;
 * clear: takes all of them back
 */
export function createLimit(redis: Redis, name: string, { points, duration }: { points: number; duration: number }) {
  const limiter = new RateLimiterRedis({
    ...{ storeClient: redis, keyPrefix: `limit:${name}`, points, duration },
    insuranceLimiter: new RateLimiterMemory({ points, duration }),
  })
  // Hashed, so that Redis holds nobody's address and a key has a bounded length.
  const hashed = (key: string) => createHash('sha256').update(key).digest('hex')
  return {
    take: async (key: string): Promise<number | undefined> => {
      try {
        await limiter.consume(hashed(key))
        return undefined
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1000)
        throw refused
      }
    },
    forgive: async (key: string): Promise<void> => {
      await limiter.reward(hashed(key))
    },
    clear: async (key: string): Promise<void> => {
      await limiter.delete(hashed(key))
    },
  }
}
