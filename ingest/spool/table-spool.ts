import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { ActiveSegment, type OpenFile } from './active-segment.ts'
import { type Segment, segmentName } from './segment.ts'
import type { Table } from './tables.ts'

interface Waiting {
  text: string
  stores: Iterable<string>
  resolve: () => void
  reject: (error: unknown) => void
}

export interface TableSpoolOptions {
  directory: string
  table: Table
  /** The first sequence number to use. */
  sequence: number
  sealBytes: number
  sealMs: number
  openFile?: OpenFile | undefined
  now: () => number
  /** Takes over a frozen segment. */
  onSealed: (segment: Segment) => void
  /** Whether earlier segments of the table still wait: then a segment grows to its full size instead of its full age. */
  isBehind: () => boolean
  onGroup: (bytes: number, requests: number) => void
}

/** Requests of one group: bounded, so that a flood is written in pieces. */
const groupLength = 4 * 1024 * 1024

/** Group commit for one table: whoever waits is written together and waits for one fsync. */
export class TableSpool {
  readonly #options: TableSpoolOptions
  readonly #waiting: Waiting[] = []
  #sequence: number
  #active: ActiveSegment | undefined
  #sealDue = false
  /** The timer's word, not the clock's, which may be set back and leave a segment waiting for ever. */
  #oldEnough = false
  #working: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: TableSpoolOptions) {
    this.#options = options
    this.#sequence = options.sequence
  }

  get active(): { bytes: number; openedAt: number } | undefined {
    return this.#active
  }

  /** @returns when the text is on disk for good */
  append(text: string, stores: Iterable<string>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text, stores, resolve, reject })
      this.#wake()
    })
  }

  /** Freezes what is there, once the writing that is under way has ended. */
  async seal(): Promise<void> {
    this.#sealDue = true
    this.#wake()
    while (this.#working !== undefined) await this.#working
  }

  /** To be called when no earlier segment waits any more. */
  caughtUp(): void {
    if (this.#active && this.#oldEnough) void this.seal()
  }

  #wake(): void {
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined
      if (this.#waiting.length > 0 || this.#sealDue) this.#wake()
    })
  }

  async #work(): Promise<void> {
    // Requests of the same turn of the event loop share a group.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0 || this.#sealDue) {
      if (this.#waiting.length > 0) await this.#commit(this.#take())
      const full = (this.#active?.bytes ?? 0) >= this.#options.sealBytes
      if (this.#sealDue || full || this.#active?.broken) await this.#freeze()
    }
  }

  #take(): Waiting[] {
    let length = 0
    const count = this.#waiting.findIndex(({ text }) => {
      length += text.length
      return length > groupLength
    })
    return this.#waiting.splice(0, count === -1 ? this.#waiting.length : Math.max(1, count))
  }

  async #commit(group: Waiting[]): Promise<void> {
    try {
      this.#active ??= await this.#open()
      const before = this.#active.bytes
      await this.#active.append(group.map(({ text }) => text).join(''))
      for (const { stores } of group) for (const store of stores) this.#active.stores.add(store)
      this.#options.onGroup(this.#active.bytes - before, group.length)
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    for (const { resolve } of group) resolve()
  }

  async #open(): Promise<ActiveSegment> {
    const { directory, table, openFile, now, sealMs } = this.#options
    const sequence = this.#sequence++
    const path = join(directory, segmentName(table, sequence))
    const active = await ActiveSegment.open({ table, sequence, path }, { openFile, now: now() })
    this.#oldEnough = false
    this.#timer = setTimeout(() => {
      this.#oldEnough = true
      if (!this.#options.isBehind()) void this.seal()
    }, sealMs)
    return active
  }

  async #freeze(): Promise<void> {
    this.#sealDue = false
    clearTimeout(this.#timer)
    if (!this.#active) return
    const segment = await this.#active.seal()
    this.#active = undefined
    if (segment.bytes > 0) this.#options.onSealed(segment)
    else await unlink(segment.path).catch(() => {})
  }
}
