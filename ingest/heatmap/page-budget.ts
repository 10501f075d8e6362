import { DateTime } from 'luxon'

/** A view and where it is counted. */
export interface Counted {
  store_id: string
  /** The page, or the group that it belongs to. */
  page: string
  view_id: string
  time_zone: string
  /** By our clock, in milliseconds. */
  at: number
}

interface Count {
  day: string
  views: number
}

interface Bounds {
  /** Pages whose views are counted at a time. */
  pages?: number
  /** Views that are known to be counted already. */
  views?: number
}

/**
 * How many views of a page were taken today, by the store's calendar. A view that was taken once is taken to its end; what is
 * over the budget begins no more. Counted by this process since it started, in bounded memory: of too many pages the one whose
 * count is oldest begins again, of too many views the oldest counts twice when more comes of it.
 */
export class PageBudget {
  readonly #counts = new Map<string, Count>()
  readonly #views = new Set<string>()
  readonly #most: Required<Bounds>
  #forgotten = 0

  constructor({ pages = 10_000, views = 100_000 }: Bounds = {}) {
    this.#most = { pages, views }
  }

  get pages(): number {
    return this.#counts.size
  }

  /** Pages whose count was lost for want of room. */
  get forgotten(): number {
    return this.#forgotten
  }

  /** @returns whether this view is taken, now and later */
  take({ store_id, page, view_id, time_zone, at }: Counted, daily: number): boolean {
    const view = `${store_id} ${view_id}`
    if (this.#views.has(view)) return true
    const count = this.#countOf(`${store_id} ${page}`, DateTime.fromMillis(at, { zone: time_zone }).toISODate() ?? '')
    if (count.views >= daily) return false
    count.views++
    if (this.#views.size >= this.#most.views) this.#views.delete(this.#views.values().next().value ?? '')
    this.#views.add(view)
    return true
  }

  #countOf(key: string, day: string): Count {
    const known = this.#counts.get(key)
    if (known?.day === day) return known
    // Put at the end: what is forgotten first is the page whose day began longest ago.
    this.#counts.delete(key)
    if (this.#counts.size >= this.#most.pages) {
      const [oldest = '', count] = this.#counts.entries().next().value ?? []
      this.#counts.delete(oldest)
      if (count?.day === day) this.#forgotten++
    }
    const fresh = { day, views: 0 }
    this.#counts.set(key, fresh)
    return fresh
  }
}
