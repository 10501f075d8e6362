import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

export interface Limit {
  count: number
  ms: number
}

/** How many messages an address may still get. */
export interface Limiter {
  /** Takes room for one message; false when there is none. */
  take: (address: string, limit: Limit) => Promise<boolean>
  room: (address: string, limit: Limit) => Promise<number>
  /** No room for so long: the receiver has said that it was too much. */
  block: (address: string, ms: number) => Promise<void>
}

// A set of the times of what was sent, and a key that stands for as long as the address is closed.
const takeScript = `
if redis.call('exists', KEYS[2]) == 1 then return -1 end
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zremrangebyscore', KEYS[1], '-inf', now - ARGV[2])
local left = ARGV[1] - redis.call('zcard', KEYS[1])
if ARGV[3] == '0' or left <= 0 then return left end
redis.call('zadd', KEYS[1], now, ARGV[3])
redis.call('pexpire', KEYS[1], ARGV[2])
return left`

const patienceMs = 500

/**
 * A sliding window for each address, shared through Redis; in this process alone while Redis is away, and in any case
 * never more than here. Redis is told the hash of an address: it is a secret.
 */
export function createLimiter(redis: Redis, clock: () => number = Date.now): Limiter {
  const sent = new Map<string, number[]>()
  const blocked = new Map<string, number>()
  let count = 0

  const local = (name: string, { count: most, ms }: Limit): number => {
    if ((blocked.get(name) ?? 0) > clock()) return 0
    const since = (sent.get(name) ?? []).filter((at) => at > clock() - ms)
    sent.set(name, since)
    return most - since.length
  }
  const shared = async (name: string, { count: most, ms }: Limit, member: string): Promise<number> => {
    if (redis.status !== 'ready') return most
    const late = new Promise<number>((resolve) => setTimeout(resolve, patienceMs, most).unref())
    const keys = [`alerts:sent:${name}`, `alerts:closed:${name}`]
    const answer = redis.eval(takeScript, 2, ...keys, most, ms, member).then(Number)
    return Promise.race([answer.catch(() => most), late])
  }
  const nameOf = (address: string) => createHash('sha256').update(address).digest('hex').slice(0, 32)
  return {
    take: async (address, limit) => {
      const name = nameOf(address)
      if (local(name, limit) <= 0) return false
      count += 1
      if ((await shared(name, limit, `${process.pid}-${clock()}-${count}`)) <= 0) return false
      sent.get(name)?.push(clock())
      return true
    },
    room: async (address, limit) => {
      const name = nameOf(address)
      return Math.max(0, Math.min(local(name, limit), await shared(name, limit, '0')))
    },
    block: async (address, ms) => {
      const name = nameOf(address)
      blocked.set(name, clock() + ms)
      if (redis.status === 'ready') await redis.set(`alerts:closed:${name}`, '1', 'PX', ms).catch(() => {})
    },
  }
}
