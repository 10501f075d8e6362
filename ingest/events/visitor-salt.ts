import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { DateTime } from 'luxon'
import type { Logger } from 'pino'
import type { Store } from '../access/directory.ts'

interface Salt {
  /** The end of the store's day, in milliseconds. */
  until: number
  value: Promise<string>
}

/**
 * A random salt for each store and day, without which nobody can tell whose a cookieless visitor's id was. It lives in
 * memory and, so that several processes agree, in Redis, until the store's midnight; then it is gone from both.
 */
export class VisitorSalts {
  readonly #redis: Redis
  readonly #log: Logger
  readonly #salts = new Map<string, Salt>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(redis: Redis, log: Logger) {
    this.#redis = redis
    this.#log = log
  }

  /** The salt of the store's day that an instant lies in. */
  async of({ store_id, time_zone }: Store, at: number): Promise<string> {
    const known = this.#salts.get(store_id)
    if (known && at < known.until) return known.value
    const day = DateTime.fromMillis(at, { zone: time_zone })
    const until = day.plus({ days: 1 }).startOf('day').toMillis()
    const salt = { until, value: this.#agree(`guanlan:visitor-salt:${store_id}:${day.toISODate()}`, until) }
    this.#salts.set(store_id, salt)
    this.#forgetLater(store_id, salt, until - at)
    return salt.value
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#salts.clear()
  }

  /** The first process to ask decides. Without Redis each has its own, for this day: no request waits for it. */
  async #agree(key: string, until: number): Promise<string> {
    const own = randomBytes(32).toString('base64url')
    try {
      const set = await this.#redis.set(key, own, 'PXAT', until, 'NX')
      return set === 'OK' ? own : ((await this.#redis.get(key)) ?? own)
    } catch (error) {
      this.#log.warn({ err: error }, 'Redis is away: cookieless visitors of today are counted by this process alone')
      return own
    }
  }

  #forgetLater(store_id: string, salt: Salt, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      if (this.#salts.get(store_id) === salt) this.#salts.delete(store_id)
      // Redis forgets the key by itself; the file that it appends to would tell of it until it is written anew.
      this.#redis.bgrewriteaof().catch((error: unknown) => {
        this.#log.debug({ err: error }, 'Redis does not write its file anew')
      })
    }, ms + 1000)
    timer.unref()
    this.#timers.add(timer)
  }
}
