import { promisify } from 'node:util'
import { gzip, constants as zlib } from 'node:zlib'
import type { Logger } from 'pino'
import type { Event } from '../facts/event.ts'
import type { Viewed } from '../facts/heatmap/views-of.ts'
import type { RecordKind } from '../facts/story.ts'
import { copyFor } from '../storefront/copy.ts'
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
  readonly sent: Partial<Record<RecordKind | 'events' | 'views' | 'copies', number>> = {}
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

  /** Tells of a page view, and sends a copy of the page when ingest asks for one, as the tracker does. */
  view(viewed: Viewed): void {
    this.#watch(this.#show(viewed))
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
    if (facts) this.#watch(this.#deliver(kind, facts))
  }

  #watch(work: Promise<void>): void {
    const sending = work
      .catch((error: unknown) => {
        this.#failure ??= error
      })
      .finally(() => this.#underWay.delete(sending))
    this.#underWay.add(sending)
  }

  async #show({ userAgent, body }: Viewed): Promise<void> {
    const post = (path: string, told: object) =>
      this.#client.ask({
        ...{ method: 'POST', path: `${path}?store_id=${this.#store}`, body: Buffer.from(JSON.stringify(told)) },
        headers: { 'content-type': 'application/json', 'user-agent': userAgent },
      })
    const { snapshot } = (await post('/v1/heatmap', body)) as { snapshot: boolean }
    this.sent.views = (this.sent.views ?? 0) + 1
    const copy = snapshot && copyFor(body)
    if (!copy) return
    await post('/v1/heatmap/snapshots', copy)
    this.sent.copies = (this.sent.copies ?? 0) + 1
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
