import { changed, changedChannel } from '@guanlan/jobs/changed'
import type { Redis } from 'ioredis'
import { forgetIncidents } from '../alerts/recent-incidents.ts'
import { forgetSettings } from '../settings/remember-settings.ts'

type Listener = () => void

/**
 * Tells listeners that something of a store has changed, at most once in `ms` for each store however much happens in it:
 * the first change at once, those that follow together when the time is up.
 */
class Told {
  readonly #ms: number
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #resting = new Map<string, { again: boolean }>()
  readonly #told = new Map<string, { times: number; at: number }>()
  readonly #reminding = new Set<string>()

  constructor(ms = 1000) {
    this.#ms = ms
  }

  /** @returns stops listening */
  listen(storeId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(storeId) ?? new Set()
    this.#listeners.set(storeId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(storeId) === listeners) this.#listeners.delete(storeId)
    }
  }

  /** How often a store's changes were told: an answer from before the last time may lack what has changed. */
  told(storeId: string): number {
    return this.#told.get(storeId)?.times ?? 0
  }

  /** Whether listeners were told in the last so many milliseconds: who began to listen since has not heard of it. */
  hasTold(storeId: string, ms: number): boolean {
    const told = this.#told.get(storeId)
    return told !== undefined && performance.now() - told.at < ms
  }

  /** Tells once more in `ms` what was told already: somebody was given an answer from before it. */
  remind(storeId: string, ms: number): void {
    if (this.#reminding.has(storeId)) return
    this.#reminding.add(storeId)
    setTimeout(() => {
      this.#reminding.delete(storeId)
      const told = this.#told.get(storeId)
      // Nothing more has changed, so what was asked since the change need not be asked again.
      if (told) told.at = performance.now()
      this.#call(storeId)
    }, ms).unref()
  }

  #call(storeId: string): void {
    for (const listener of this.#listeners.get(storeId) ?? []) listener()
  }

  /** Every store that is listened to has changed, for all that is known. */
  tellAll(): void {
    for (const storeId of this.#listeners.keys()) this.tell(storeId)
  }

  tell(storeId: string): void {
    const resting = this.#resting.get(storeId)
    if (resting) {
      resting.again = true
      return
    }
    this.#told.set(storeId, { times: this.told(storeId) + 1, at: performance.now() })
    const rest = { again: false }
    this.#resting.set(storeId, rest)
    setTimeout(() => {
      this.#resting.delete(storeId)
      if (rest.again) this.tell(storeId)
    }, this.#ms).unref()
    this.#call(storeId)
  }
}

/** Tells when the numbers of a store have changed; apart from them, when its incidents have. */
export class Changes extends Told {
  readonly incidents: Told

  constructor(ms = 1000) {
    super(ms)
    this.incidents = new Told(ms)
  }

  /**
   * Hears what ingest, jobs and settings announce through Redis. What is announced while the connection is lost nobody
   * hears: once it is back, every store that is listened to has changed, for all that is known.
   */
  async hear(redis: Redis): Promise<void> {
    let lost = false
    redis.on('close', () => {
      lost = true
    })
    redis.on('ready', () => {
      if (!lost) return
      lost = false
      // Only now is nothing missed any more. Where this fails, the connection is lost again.
      redis.subscribe(changedChannel).then(
        () => this.#caughtUp(),
        () => {},
      )
    })
    redis.on('message', (_channel, text) => {
      const message = changed.safeParse(parsed(text))
      if (!message.success) return
      const { store_id, what } = message.data
      if (what === 'settings') forgetSettings()
      if (what === 'incidents') forgetIncidents()
      const told = what === 'incidents' ? this.incidents : this
      told.tell(store_id)
    })
    await redis.subscribe(changedChannel)
  }

  #caughtUp(): void {
    forgetSettings()
    forgetIncidents()
    this.tellAll()
    this.incidents.tellAll()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
