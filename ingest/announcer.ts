import { announceChanged } from '@guanlan/jobs/changed'
import { wake } from '@guanlan/jobs/queues'
import type { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'

interface AnnouncerOptions {
  redis: Redis
  queue: Queue
  log: Logger
  /** No store is announced more often. */
  everyMs?: number
}

/**
 * Says that a store has new facts: to those who watch, and to the jobs that recompute. At once, and then at most ten times
 * a second for each store, because who watches rests a second as well, and the two add up; what Redis did not take is said
 * again when it is back.
 */
export class Announcer {
  readonly #options: Required<AnnouncerOptions>
  /** Stores said a moment ago, and whether there is more to say of them. */
  readonly #resting = new Map<string, boolean>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #silent = false

  constructor(options: AnnouncerOptions) {
    this.#options = { everyMs: 100, ...options }
  }

  /** Never waits and never fails. */
  changed(stores: Iterable<string>): void {
    for (const store_id of stores) {
      if (this.#resting.has(store_id)) this.#resting.set(store_id, true)
      else void this.#say(store_id)
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#resting.clear()
  }

  async #say(store_id: string): Promise<void> {
    this.#resting.set(store_id, false)
    const said = await this.#tell(store_id)
    if (!said) this.#resting.set(store_id, true)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      const more = this.#resting.get(store_id)
      this.#resting.delete(store_id)
      if (more) void this.#say(store_id)
    }, this.#options.everyMs)
    timer.unref()
    this.#timers.add(timer)
  }

  async #tell(store_id: string): Promise<boolean> {
    const { redis, queue, log } = this.#options
    // A queue would wait for Redis, and every second another one with it.
    if (redis.status !== 'ready') return false
    try {
      await Promise.all([announceChanged(redis, { store_id, what: 'facts' }), wake(queue, store_id)])
      this.#silent = false
      return true
    } catch (error) {
      if (!this.#silent) log.warn({ err: error }, 'new facts cannot be announced; it is tried again until they are')
      this.#silent = true
      return false
    }
  }
}
