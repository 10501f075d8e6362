import { appendFile, mkdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Logger } from 'pino'
import { type OpenFile, syncDirectory } from './active-segment.ts'
import type { Refused } from './bisect.ts'
import { Flusher } from './flusher.ts'
import { lockSpool } from './lock.ts'
import { recoverSegments } from './recover.ts'
import { refusedRow } from './refused-row.ts'
import type { Segment } from './segment.ts'
import { TableSpool } from './table-spool.ts'
import { type Rows, type Table, tables } from './tables.ts'
import { wellFormed } from './well-formed.ts'

/** Nothing more can be taken: the spool has reached its bound, its disk is full, or it is closing. */
export class SpoolFull extends Error {
  override name = 'SpoolFull'
  readonly code = 'spool_full'
}

export interface SpoolOptions {
  directory: string
  warehouse: Warehouse
  log: Logger
  maxBytes: number
  minFreeBytes: number
  /** A segment is frozen at this size or age, whichever comes first. */
  sealBytes?: number
  sealMs?: number
  openFile?: OpenFile
  now?: () => number
  onFlushed?: (flushed: { table: Table; bytes: number; seconds: number; stores: ReadonlySet<string> }) => void
  onFailed?: (table: Table) => void
  onGroup?: (bytes: number, requests: number) => void
}

export interface SpoolState {
  bytes: number
  segments: number
  /** How long the oldest row has waited for ClickHouse. */
  lagSeconds: number
  /** Why nothing more can be taken; undefined while it can. */
  full: string | undefined
}

interface Lane {
  writer: TableSpool
  flusher: Flusher
}

const freeSpaceEveryMs = 2000

/** Makes a directory and those above it, so that a power cut leaves them. */
async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncDirectory(dirname(made))
}

/** What was accepted and is not yet in ClickHouse: files in a directory that this process alone owns. */
export class Spool {
  readonly #options: SpoolOptions
  readonly #lanes = new Map<Table, Lane>()
  readonly #stop = new AbortController()
  readonly #unlock: () => void
  readonly #now: () => number
  readonly #freeSpaceTimer: NodeJS.Timeout
  #bytes = 0
  #freeBytes = Number.POSITIVE_INFINITY
  #closing = false

  private constructor(options: SpoolOptions, unlock: () => void, left: Segment[]) {
    this.#options = options
    this.#unlock = unlock
    this.#now = options.now ?? Date.now
    this.#bytes = left.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const table of tables) {
      this.#lanes.set(
        table,
        this.#openLane(
          table,
          left.filter((segment) => segment.table === table),
        ),
      )
    }
    this.#freeSpaceTimer = setInterval(() => void this.#measure(), freeSpaceEveryMs)
    this.#freeSpaceTimer.unref()
  }

  /** @throws SpoolInUse while another process has the directory */
  static async open(options: SpoolOptions): Promise<Spool> {
    await makeDirectory(options.directory)
    const unlock = await lockSpool(options.directory)
    const left = await recoverSegments(options.directory)
    if (left.length > 0) options.log.info({ segments: left.length }, 'segments of an earlier run are inserted first')
    const spool = new Spool(options, unlock, left)
    await spool.#measure()
    for (const { flusher } of spool.#lanes.values()) flusher.start()
    return spool
  }

  /**
   * Takes rows.
   * @returns when all of them are on disk for good
   * @throws SpoolFull; then none, or not all, were taken, and the sender keeps them
   */
  async append(rows: Rows[]): Promise<void> {
    const { full } = this.state()
    if (full) throw new SpoolFull(full)
    await this.#write(rows)
  }

  async #write(rows: Rows[]): Promise<void> {
    const written = await Promise.allSettled(
      rows
        .filter(({ lines }) => lines.length > 0)
        .map(({ table, lines, stores }) =>
          this.#lane(table).writer.append(wellFormed(`${lines.join('\n')}\n`), stores),
        ),
    )
    const failed = written.find((result) => result.status === 'rejected')
    if (!failed) return
    this.#options.log.error({ err: failed.reason }, 'the spool cannot be written')
    void this.#measure()
    throw new SpoolFull('The spool cannot be written.', { cause: failed.reason })
  }

  state(): SpoolState {
    const waiting = [...this.#lanes.values()].flatMap(({ writer, flusher }) => [
      ...flusher.waiting.slice(0, 1),
      ...(writer.active ? [writer.active] : []),
    ])
    const oldest = Math.min(...waiting.map(({ openedAt }) => openedAt))
    const segments = [...this.#lanes.values()].reduce((sum, { writer, flusher }) => {
      return sum + flusher.waiting.length + (writer.active ? 1 : 0)
    }, 0)
    const lagSeconds = waiting.length > 0 ? Math.max(0, (this.#now() - oldest) / 1000) : 0
    return { bytes: this.#bytes, segments, lagSeconds, full: this.#whyFull() }
  }

  #whyFull(): string | undefined {
    if (this.#closing) return 'This process is stopping.'
    if (this.#bytes >= this.#options.maxBytes) return 'The spool is full: ClickHouse has not taken rows for too long.'
    if (this.#freeBytes < this.#options.minFreeBytes) return 'The disk of the spool is full.'
    return undefined
  }

  /** Freezes and inserts what is there, for at most so long; the rest stays on disk for the next start. */
  async close(withinMs: number): Promise<void> {
    this.#closing = true
    clearInterval(this.#freeSpaceTimer)
    const lanes = [...this.#lanes.values()]
    await Promise.all(lanes.map(({ writer }) => writer.seal()))
    const deadline = new AbortController()
    const flushed = Promise.all(lanes.map(({ flusher }) => flusher.finished()))
    await Promise.race([flushed, sleep(withinMs, undefined, { signal: deadline.signal }).catch(() => {})])
    deadline.abort()
    this.#stop.abort()
    await flushed
    // Rows that were refused meanwhile have been written too.
    await Promise.all(lanes.map(({ writer }) => writer.seal()))
    this.#unlock()
  }

  #lane(table: Table): Lane {
    const lane = this.#lanes.get(table)
    if (!lane) throw new TypeError(`${table} is no table of the spool`)
    return lane
  }

  #openLane(table: Table, left: Segment[]): Lane {
    const { directory, warehouse, log, openFile, sealBytes = 8 * 2 ** 20, sealMs = 400 } = this.#options
    const flusher = new Flusher(
      {
        warehouse,
        log,
        signal: this.#stop.signal,
        onRefused: (segment, refused) => this.#keepRefused(segment, refused),
        onFailed: (segment) => this.#options.onFailed?.(segment.table),
        onFlushed: ({ bytes }, stores, seconds) => {
          this.#bytes -= bytes
          this.#options.onFlushed?.({ table, bytes, seconds, stores })
        },
        onIdle: () => writer.caughtUp(),
      },
      left,
    )
    const writer: TableSpool = new TableSpool({
      directory,
      table,
      sequence: (left.at(-1)?.sequence ?? 0) + 1,
      sealBytes,
      sealMs,
      openFile,
      now: this.#now,
      onSealed: (segment) => flusher.add(segment),
      isBehind: () => flusher.waiting.length > 0,
      onGroup: (bytes, requests) => {
        this.#bytes += bytes
        this.#options.onGroup?.(bytes, requests)
      },
    })
    return { writer, flusher }
  }

  /** Rows that ClickHouse refuses become rejected rows; one that is refused even as such is put beside the spool. */
  async #keepRefused(segment: Segment, refused: Refused[]): Promise<void> {
    this.#options.log.error({ table: segment.table, rows: refused.length }, 'ClickHouse refuses rows for good')
    if (segment.table === 'rejected_events') {
      const lines = refused.map((row) => JSON.stringify(row))
      return appendFile(join(this.#options.directory, 'refused.ndjson'), `${lines.join('\n')}\n`)
    }
    const rows = refused.map((row) => refusedRow(segment.table, row))
    const lines = rows.map((row) => JSON.stringify(row))
    await this.#write([{ table: 'rejected_events', lines, stores: rows.map((row) => row.store_id) }])
  }

  async #measure(): Promise<void> {
    try {
      const { bavail, bsize } = await statfs(this.#options.directory)
      this.#freeBytes = bavail * bsize
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the free space of the spool cannot be measured')
    }
  }
}
