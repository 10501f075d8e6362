import { unlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Logger } from 'pino'
import { insertBisecting, linesOf, type Refused } from './bisect.ts'
import { insertLines, insertSegment, isRefusal } from './insert.ts'
import { storesOf } from './recover.ts'
import type { Segment } from './segment.ts'

export interface FlusherOptions {
  warehouse: Warehouse
  log: Logger
  signal: AbortSignal
  /** Takes rows that ClickHouse refuses for good; the segment stays until it resolves. */
  onRefused: (segment: Segment, refused: Refused[]) => Promise<void>
  onFlushed: (segment: Segment, stores: ReadonlySet<string>, seconds: number) => void
  onFailed: (segment: Segment) => void
  /** No segment waits. */
  onIdle: () => void
}

const slowestMs = 2000

/** Inserts the frozen segments of one table in their order, each until ClickHouse takes it. */
export class Flusher {
  readonly #options: FlusherOptions
  readonly #segments: Segment[]
  #running: Promise<void> | undefined

  constructor(options: FlusherOptions, left: Segment[]) {
    this.#options = options
    this.#segments = left
  }

  get waiting(): readonly Segment[] {
    return this.#segments
  }

  add(segment: Segment): void {
    this.#segments.push(segment)
    this.start()
  }

  start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#options.signal.aborted) return
      if (this.#segments.length > 0) this.start()
      else this.#options.onIdle()
    })
  }

  /** Resolves when nothing waits any more, or the signal came. */
  async finished(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    const { signal, log, onFailed } = this.#options
    let attempt = 0
    for (let segment = this.#segments[0]; segment && !signal.aborted; segment = this.#segments[0]) {
      try {
        await this.#flush(segment)
        if (attempt > 0)
          log.info({ table: segment.table, waiting: this.#segments.length }, 'ClickHouse takes rows again')
        attempt = 0
      } catch (error) {
        if (signal.aborted) return
        onFailed(segment)
        // The first failure of a series and every hundredth say enough.
        if (attempt++ % 100 === 0)
          log.warn({ err: error, table: segment.table, attempt }, 'an insert failed; trying again')
        const pause = Math.min(slowestMs, 50 * 2 ** Math.min(attempt, 10))
        await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {})
      }
    }
  }

  async #flush(segment: Segment): Promise<void> {
    const began = performance.now()
    await this.#insert(segment)
    const stores = segment.stores ?? (await storesOf(segment))
    await unlink(segment.path)
    this.#segments.shift()
    this.#options.onFlushed(segment, stores, (performance.now() - began) / 1000)
  }

  async #insert(segment: Segment): Promise<void> {
    const { warehouse, signal, onRefused } = this.#options
    try {
      await insertSegment(warehouse, segment, signal)
    } catch (error) {
      if (!isRefusal(error)) throw error
      const insert = (lines: Buffer[]) => insertLines(warehouse, segment.table, lines, signal)
      const refused = await insertBisecting(await linesOf(segment), insert)
      if (refused.length > 0) await onRefused(segment, refused)
    }
  }
}
