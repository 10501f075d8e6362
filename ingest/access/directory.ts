import { hash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readDeleted, readSettings } from '@guanlan/warehouse/settings/read'
import { type Tracking, tracking, usualTracking } from '@guanlan/warehouse/settings/tracking'
import type { Logger } from 'pino'
import { z } from 'zod'

const store = z.object({ store_id: z.string(), name: z.string(), time_zone: z.string(), currency: z.string() })
const key = z.object({
  /** SHA-256 in hex. */
  hash: z.string(),
  /** '' opens every store. */
  store_id: z.string(),
  scope: z.enum(['write', 'server', 'read']),
  /** Where a browser may send from; empty: from anywhere. */
  origins: z.array(z.string()),
  /** From then on it opens nothing. */
  expires_at: z.string().optional(),
})
const known = z.object({
  stores: z.array(store),
  keys: z.array(key),
  /** Stores that are no more, whatever the environment says. */
  removed: z.array(z.string()).default([]),
  /** What stores say of their tracking, by store. */
  tracking: z.record(z.string(), tracking).default({}),
})

export type Store = z.output<typeof store>
export type Key = z.output<typeof key>

export interface DirectoryOptions {
  warehouse: Warehouse
  log: Logger
  /** Keeps what was known last, for a start without ClickHouse. */
  file: string
  /** What the environment names; a store of the settings comes before one of these. */
  given: { stores: Store[]; keys: { value: string; scope: Key['scope']; store_id: string }[] }
}

const hashOf = (value: string) => hash('sha256', value, 'hex')

/** The stores and keys that exist, as last read from the settings. */
export class Directory {
  readonly #options: DirectoryOptions
  readonly #givenKeys: Map<string, Key>
  #stores = new Map<string, Store>()
  #keys = new Map<string, Key>()
  #tracking: Readonly<Record<string, Tracking>> = {}
  #written = ''
  #refreshing: Promise<boolean> | undefined
  #following: Promise<boolean> | undefined
  #askedAt = 0
  #fresh = false

  private constructor(options: DirectoryOptions) {
    this.#options = options
    this.#givenKeys = new Map(
      options.given.keys.map(({ value, scope, store_id }) => {
        const hash = hashOf(value)
        return [hash, { hash, scope, store_id, origins: [] }]
      }),
    )
    this.#take({ stores: [], keys: [], removed: [], tracking: {} })
  }

  /** Reads the file first, then the settings when ClickHouse is there; it is not waited for longer than three seconds. */
  static async open(options: DirectoryOptions): Promise<Directory> {
    const directory = new Directory(options)
    try {
      const text = await readFile(options.file, 'utf8')
      directory.#take(known.parse(JSON.parse(text)))
      directory.#written = text
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        options.log.warn({ err: error }, 'the file of known stores and keys cannot be read')
      }
    }
    await Promise.race([directory.refresh(), sleep(3000, undefined, { ref: false })])
    return directory
  }

  /** Whether the settings were read in this run; before that the file's word counts. */
  get fresh(): boolean {
    return this.#fresh
  }

  store(id: string): Store | undefined {
    return this.#stores.get(id)
  }

  /** How a store's pages are tracked: what its settings say, else what is usual. */
  tracking(store_id: string): Tracking {
    return this.#tracking[store_id] ?? usualTracking
  }

  /** Looked up by its hash, so the time it takes tells nothing of the keys that exist. */
  key(value: string): Key | undefined {
    const hash = hashOf(value)
    const key = this.#givenKeys.get(hash) ?? this.#keys.get(hash)
    return key?.expires_at && Date.parse(key.expires_at) <= Date.now() ? undefined : key
  }

  /**
   * Reads the settings as they are now: a reading that is under way may have begun before what the caller knows of, so
   * another one follows it. Several callers share one reading.
   * @returns false when they could not be read: what was known stays
   */
  refresh(): Promise<boolean> {
    if (!this.#refreshing) return this.#start()
    this.#following ??= this.#refreshing.then(() => {
      this.#following = undefined
      return this.#start()
    })
    return this.#following
  }

  #start(): Promise<boolean> {
    this.#refreshing ??= this.#read().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  /** For a store or key that is not known: it may have been made a moment ago. At most one reading a second. */
  async refreshForMiss(): Promise<void> {
    if (!this.#refreshing && performance.now() - this.#askedAt < 1000) return
    await Promise.race([this.#start(), sleep(2000, undefined, { ref: false })])
  }

  async #read(): Promise<boolean> {
    this.#askedAt = performance.now()
    const { warehouse, log } = this.#options
    try {
      const [stores, keys, removed, trackings] = await Promise.all([
        readSettings(warehouse, 'store'),
        readSettings(warehouse, 'key'),
        readDeleted(warehouse, 'store'),
        readSettings(warehouse, 'tracking'),
      ])
      await this.#keep({
        stores: stores.map(({ id, value: { name, time_zone, currency } }) => ({
          store_id: id,
          name,
          time_zone,
          currency,
        })),
        keys: keys.map(({ store_id, value: { hash, scope, origins, expires_at } }) => ({
          ...{ hash, store_id, scope, origins },
          ...(expires_at !== undefined && { expires_at }),
        })),
        removed: removed.map(({ store_id }) => store_id),
        tracking: Object.fromEntries(trackings.map(({ store_id, value }) => [store_id, value])),
      })
      this.#fresh = true
      return true
    } catch (error) {
      log.debug({ err: error }, 'the settings cannot be read')
      return false
    }
  }

  #take({ stores, keys, removed, tracking }: z.output<typeof known>): void {
    const given = this.#options.given.stores.filter(({ store_id }) => !removed.includes(store_id))
    this.#stores = new Map([...given, ...stores].map((store) => [store.store_id, store]))
    this.#keys = new Map(keys.map((key) => [key.hash, key]))
    this.#tracking = tracking
  }

  async #keep(read: z.output<typeof known>): Promise<void> {
    this.#take(read)
    const text = JSON.stringify(read)
    if (text === this.#written) return
    const { file, log } = this.#options
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(`${file}.new`, text, { mode: 0o600, flush: true })
      await rename(`${file}.new`, file)
      this.#written = text
    } catch (error) {
      log.warn({ err: error }, 'the known stores and keys cannot be kept in a file')
    }
  }
}
