import type { Warehouse } from '@guanlan/warehouse/client'
import { pageGrouping } from '@guanlan/warehouse/heatmap/page-group'
import { recentSnapshots } from '@guanlan/warehouse/queries/heatmap/recent-snapshots'
import { dayMs } from '../time.ts'

/** Which copy: of a page or group of pages, in one structure, at one width. */
export interface Copy {
  store_id: string
  page: string
  version: string
  width_class: string
}

interface Known {
  /** When a copy was seen or, with a minus, asked for. */
  copies: Map<string, number>
  loadedAt: number
}

interface Options {
  warehouse: Pick<Warehouse, 'query'>
  /** How a store's pages are grouped. */
  patterns: (store_id: string) => readonly string[]
  onFailed?: (error: unknown) => void
  /** Instead of the usual bound. */
  most?: number
  now?: () => number
}

const loadAgainMs = dayMs
const tryAgainMs = 10_000
/** Whoever was asked has so long to send it before somebody else is asked. */
const askAgainMs = 60_000
/** Copies remembered, of all stores together. */
const mostCopies = 50_000
/** Taken again after so many days: it is kept for 90, and the page looks different by then. */
const freshDays = 30

const keyOf = ({ page, version, width_class }: Copy) => `${page} ${version} ${width_class}`

/**
 * Which copies of pages are there. Of a store that nobody asked after, ClickHouse is asked in the background; nobody waits for
 * it, and until it has answered no copy is wanted.
 */
export class KnownSnapshots {
  readonly #options: Options
  readonly #stores = new Map<string, Known>()
  readonly #loading = new Map<string, Promise<void>>()
  readonly #failedAt = new Map<string, number>()
  readonly #now: () => number
  #size = 0

  constructor(options: Options) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  get size(): number {
    return this.#size
  }

  /** Whether a browser is to send this copy. Who is told so has a minute before the next one is. */
  wants(copy: Copy): boolean {
    const known = this.#stores.get(copy.store_id)
    if (!known || this.#now() - known.loadedAt > loadAgainMs) void this.load(copy.store_id)
    if (!known) return false
    const key = keyOf(copy)
    const seen = known.copies.get(key)
    if (seen !== undefined && (seen > 0 || this.#now() + seen < askAgainMs)) return false
    // Past the bound nobody is asked: it is the last to be known that would be asked for again and again.
    if (seen === undefined && this.#size >= (this.#options.most ?? mostCopies)) return false
    this.#put(known, key, -this.#now())
    return true
  }

  /** Whether this copy is there already, as far as is known. */
  has(copy: Copy): boolean {
    return (this.#stores.get(copy.store_id)?.copies.get(keyOf(copy)) ?? -1) > 0
  }

  /** It has arrived. */
  add(copy: Copy): void {
    const known = this.#stores.get(copy.store_id)
    if (known) this.#put(known, keyOf(copy), this.#now())
  }

  /** Reads which copies a store has; what cannot be read is tried again ten seconds later, when somebody asks. */
  load(store_id: string): Promise<void> {
    const loading = this.#loading.get(store_id)
    if (loading !== undefined) return loading
    if (this.#now() - (this.#failedAt.get(store_id) ?? Number.NEGATIVE_INFINITY) < tryAgainMs) return Promise.resolve()
    const reading = this.#read(store_id).finally(() => this.#loading.delete(store_id))
    this.#loading.set(store_id, reading)
    return reading
  }

  async #read(store_id: string): Promise<void> {
    const { warehouse, patterns, onFailed, most = mostCopies } = this.#options
    try {
      const rows = await recentSnapshots(warehouse as Warehouse, { store_id, days: freshDays, limit: most })
      const groupOf = pageGrouping(patterns(store_id))
      const copies = new Map<string, number>()
      for (const { path, version, width_class } of rows)
        copies.set(keyOf({ store_id, page: groupOf(path), version, width_class }), this.#now())
      this.#size += copies.size - (this.#stores.get(store_id)?.copies.size ?? 0)
      this.#stores.set(store_id, { copies, loadedAt: this.#now() })
      this.#failedAt.delete(store_id)
    } catch (error) {
      this.#failedAt.set(store_id, this.#now())
      onFailed?.(error)
    }
  }

  #put({ copies }: Known, key: string, at: number): void {
    if (!copies.has(key)) this.#size++
    copies.set(key, at)
  }
}
