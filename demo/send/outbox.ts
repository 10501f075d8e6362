import { promisify } from 'node:util'
import { gzip, constants as zlib } from 'node:zlib'
import type { Logger } from 'pino'
import type { Event } from '../facts/event.ts'
import type { RecordKind } from '../facts/story.ts'
import type { IngestClient } from './ingest-client.ts'

const pack = promisify(gzip)

/** So many travel together. */
const sizes: Record<RecordKind | 'events', number> = {
  events: 2_000,
  orders: 500,
  refunds: 500,
  tickets: 500,
  reviews: 500,
  spend: 500,
  inventory: 500,
  products: 500,
  campaigns: 100,
  targets: 100,
}

/** So many requests are under way at once: one is read while another waits for the disk. */
const lanes = 4

interface Answer {
  rejected?: { path: string; message: string }[]
}

/** Gathers facts into batches and sends them, a few requests at a time. */
export class Outbox {
  /** What ingest has acknowledged, by kind. */
  readonly sent: Partial<Record<RecordKind | 'events', number>> = {}
  readonly #client: IngestClient
  readonly #store: string
  readonly #log: Logger
  readonly #waiting = new Map<RecordKind | 'events', string[]>()
  readonly #underWay = new Set<Promise<void>>()
  #failure: unknown

  constructor(client: IngestClient, store: string, log: Logger) {
    this.#client = client
    this.#store = store
    this.#log = log
  }

  event({ message }: Event): void {
    this.#add('events', message)
  }

  record(kind: RecordKind, record: Record<string, unknown>): void {
    this.#add(kind, record)
  }

  /** Waits until another batch may be gathered. @throws what sending has thrown */
  async room(): Promise<void> {
    while (this.#underWay.size >= lanes && this.#failure === undefined) await Promise.race(this.#underWay)
    if (this.#failure !== undefined) throw this.#failure
  }

  /** Sends what is gathered and waits until all of it is acknowledged. @throws what sending has thrown */
  async flush(): Promise<void> {
    for (const kind of this.#waiting.keys()) this.#send(kind)
    await Promise.all(this.#underWay)
    if (this.#failure !== undefined) throw this.#failure
  }

  #add(kind: RecordKind | 'events', fact: Readonly<Record<string, unknown>>): void {
    const waiting = this.#waiting.get(kind) ?? []
    waiting.push(JSON.stringify(fact))
    this.#waiting.set(kind, waiting)
    if (waiting.length >= sizes[kind]) this.#send(kind)
  }

  #send(kind: RecordKind | 'events'): void {
    const facts = this.#waiting.get(kind)
    this.#waiting.delete(kind)
    if (!facts) return
    const sending = this.#deliver(kind, facts)
      .catch((error: unknown) => {
        this.#failure ??= error
      })
      .finally(() => this.#underWay.delete(sending))
    this.#underWay.add(sending)
  }

  async #deliver(kind: RecordKind | 'events', facts: string[]): Promise<void> {
    const isEvents = kind === 'events'
    // Without sentAt: a clock that told an hour of last month now would be corrected.
    const text = isEvents ? `{"batch":[${facts.join(',')}]}` : facts.join('\n')
    const { rejected = [] } = (await this.#client.ask({
      method: 'POST',
      path: `${isEvents ? '/v1/batch' : `/v1/records/${kind}`}?store_id=${this.#store}`,
      headers: {
        'content-type': isEvents ? 'application/json' : 'application/x-ndjson',
        'content-encoding': 'gzip',
      },
      body: await pack(text, { level: zlib.Z_BEST_SPEED }),
    })) as Answer
    this.sent[kind] = (this.sent[kind] ?? 0) + facts.length - rejected.length
    if (rejected.length > 0)
      this.#log.warn({ kind, count: rejected.length, first: rejected[0] }, 'ingest refuses facts')
  }
}
