import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

type Fact = Record<string, unknown>

export interface Receiver {
  url: string
  /** Events by id; records by kind and key, the newest version of each. */
  events: Map<string, Fact>
  records: Map<string, Fact>
  /** Of the heatmap, by the id of the view. */
  views: Map<string, Fact>
  /** How many requests have come, and how many at the same time at most. */
  requests: () => { all: number; atOnce: number }
  /** Answers the next request in another way than by taking it. */
  answerNext: (answer: (response: ServerResponse) => void) => void
  close: () => Promise<void>
}

const keys: Record<string, string> = {
  orders: 'order_id',
  refunds: 'refund_id',
  tickets: 'ticket_id',
  reviews: 'review_id',
  products: 'sku',
  inventory: 'sku',
  campaigns: 'campaign_id',
  targets: 'target_id',
}

/** Listens as ingest would, and remembers what it was told; for tests. */
export async function startReceiver(): Promise<Receiver> {
  const events = new Map<string, Fact>()
  const records = new Map<string, Fact>()
  const views = new Map<string, Fact>()
  const special: ((response: ServerResponse) => void)[] = []
  let all = 0
  let now = 0
  let atOnce = 0
  const keep = (kind: string, record: Fact) => {
    const key = `${kind} ${kind === 'spend' ? `${record.day} ${record.channel} ${record.campaign}` : record[keys[kind] ?? '']}`
    const known = records.get(key)
    if (!known || String(known.updated_at) <= String(record.updated_at)) records.set(key, record)
  }
  const server = createServer(async (request, response) => {
    all++
    atOnce = Math.max(atOnce, ++now)
    const packed = await buffer(request)
    now--
    const other = special.shift()
    if (other) return other(response)
    if (request.url?.startsWith('/v1/heatmap')) {
      const told = JSON.parse(packed.toString()) as { view: { id: string } }
      views.set(told.view.id, told as never)
      return response.end(JSON.stringify({ accepted: true, more: true, snapshot: false }))
    }
    const text = packed.length > 0 ? gunzipSync(packed).toString() : ''
    const kind = /records\/(\w+)/.exec(request.url ?? '')?.[1]
    if (kind) for (const line of text.split('\n')) keep(kind, JSON.parse(line))
    else for (const event of JSON.parse(text).batch) events.set(event.messageId, event)
    response.end(JSON.stringify({ accepted: 1, rejected: [] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ events, records, views },
    requests: () => ({ all, atOnce }),
    answerNext: (answer) => special.push(answer),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
