import { hash } from 'node:crypto'
import type { Redis } from 'ioredis'

/** By the hash of a key, milliseconds since 1970. */
const used = 'keys:used'
const noteEveryMs = 60_000

/** Notes when each key opened something last, to the minute; lost with Redis, which costs nobody access. */
export class KeyUse {
  readonly #redis: Redis
  readonly #noted = new Map<string, number>()

  constructor(redis: Redis) {
    this.#redis = redis
  }

  /**
   * Nobody waits for it, and it fails in silence: while Redis is away, a use is not seen.
   * @param key one that is known; the key itself is not kept
   */
  note(key: string): void {
    const hashed = hash('sha256', key, 'hex')
    const now = Date.now()
    if (now - (this.#noted.get(hashed) ?? 0) < noteEveryMs) return
    this.#noted.set(hashed, now)
    this.#redis.hset(used, hashed, now).catch(() => this.#noted.delete(hashed))
  }
}

/**
 * When keys were used last.
 * @param hashes SHA-256 in hex
 * @returns in their order; null for one that was not seen
 */
export async function readKeyUse(redis: Redis, hashes: readonly string[]): Promise<(Date | null)[]> {
  if (hashes.length === 0) return []
  const found = await redis.hmget(used, ...hashes)
  return found.map((at) => (at === null ? null : new Date(Number(at))))
}
