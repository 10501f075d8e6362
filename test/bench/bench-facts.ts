import { createClient } from '@clickhouse/client'
import { residentMiB, treeOf } from '../processes.ts'
import { startProduct } from '../product.ts'
import { readApi } from '../read-api.ts'
import { until } from '../until.ts'
import { eventBatches, orderBatches } from './facts.ts'
import type { Add } from './figure.ts'
import { inLanes, quantile } from './lanes.ts'

const orders = 20_000
const days = 90
const seconds = (from: number) => (performance.now() - from) / 1000

/** An empty product that takes so many events and 20,000 orders, and answers for them. */
export async function benchFacts(add: Add, events: number): Promise<void> {
  const starting = performance.now()
  const product = await startProduct()
  try {
    const start = seconds(starting)
    add('start to ready, empty data directory', `${start.toFixed(1)} s`, '10 s', start / 10)

    const { ingest, keys } = product
    const api = readApi(product)
    const clickhouse = createClient({ url: product.warehouse })
    const send = (path: string, authorization: string) => async (body: string) => {
      const answer = await fetch(`${ingest}${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      })
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    }
    const writeKey = `Basic ${Buffer.from(`${keys.write}:`).toString('base64')}`

    const batches = eventBatches(events, days)
    const sending = performance.now()
    const latencies = await inLanes(batches, 8, send('/v1/batch', writeKey))
    const accepting = seconds(sending)
    await until('all events being in ClickHouse', async () => {
      const answer = await clickhouse.query({ query: 'SELECT count() AS n FROM events FINAL', format: 'JSONEachRow' })
      const [row] = await answer.json<{ n: string }>()
      return Number(row?.n) === events || undefined
    })
    const arriving = seconds(sending)
    await inLanes(orderBatches(orders, days), 4, send('/v1/records/orders?store_id=main', `Bearer ${keys.server}`))

    // The peer: the same rows, ready made, straight into a table of the same kind.
    const rows = await (
      await clickhouse.query({ query: 'SELECT * EXCEPT precedence FROM events', format: 'JSONEachRow' })
    ).text()
    const lines = rows.split('\n')
    await clickhouse.command({ query: 'CREATE TABLE peer AS events' })
    const chunks = Array.from({ length: Math.ceil(lines.length / 10_000) }, (_, i) =>
      lines.slice(i * 10_000, (i + 1) * 10_000),
    )
    const inserting = performance.now()
    for (const chunk of chunks) {
      await fetch(`${product.warehouse}/?query=${encodeURIComponent('INSERT INTO peer FORMAT JSONEachRow')}`, {
        method: 'POST',
        body: chunk.join('\n'),
      }).then((answer) => answer.text())
    }
    const direct = seconds(inserting)
    await clickhouse.command({ query: 'DROP TABLE peer' })
    const rate = (took: number) => `${Math.round(events / took).toLocaleString('en')} events/s`
    add(
      'events acknowledged over HTTP, in batches of 500',
      rate(accepting),
      `${rate(direct)}, bare INSERT`,
      direct / accepting,
    )
    add('events counted after they were sent', rate(arriving), `${rate(direct)}, bare INSERT`, direct / arriving)
    const slow = quantile(latencies, 0.99)
    add('p99 of a batch’s acknowledgement at full load', `${(slow * 1000).toFixed(0)} ms`, '1000 ms', slow)

    const ask = (metrics: string[], dimensions: string[]) =>
      api.post<{ meta: { read: string } }>('query', {
        store_id: 'main',
        metrics,
        dimensions,
        filters: [],
        date_range: [-days, 1].map((shift) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10)),
      })
    await until(
      'the rollups being made',
      async () => ((await ask(['visitors', 'paid_gmv'], [])).meta.read !== 'raw' ? true : undefined),
      { seconds: 120, everyMs: 1000 },
    )
    for (const [what, metrics, dimensions] of [
      ['tiles of 90 days', ['visitors', 'paid_gmv', 'conversion_rate', 'spend_per_buyer'], []],
      ['90 days by day', ['paid_gmv', 'visitors'], ['time:day']],
      ['90 days by channel', ['paid_gmv', 'visitors'], ['channel']],
    ] as const) {
      const took = quantile(
        await inLanes(Array(15).fill(0), 1, async () => void (await ask([...metrics], [...dimensions]))),
        0.5,
      )
      add(`read API, ${what}, p50`, `${(took * 1000).toFixed(0)} ms`, '500 ms', took / 0.5)
    }

    const ordered = performance.now()
    const [fresh = ''] = orderBatches(1, 0.00001)
    await send('/v1/records/orders?store_id=main', `Bearer ${keys.server}`)(fresh.replaceAll('bench-0', 'bench-fresh'))
    await until(
      'the new order being counted',
      async () => {
        const answer = await api.post<{ results: { metrics: number[] }[] }>('query', {
          store_id: 'main',
          metrics: ['orders'],
          dimensions: [],
          filters: [],
          date_range: [new Date(Date.now() - 3_600_000).toISOString(), new Date(Date.now() + 3_600_000).toISOString()],
        })
        return (answer.results[0]?.metrics[0] ?? 0) > 0 || undefined
      },
      { everyMs: 20 },
    )
    add('an order sent until it is counted', `${seconds(ordered).toFixed(2)} s`, '2 s', seconds(ordered) / 2)

    const pids = await treeOf(product.supervisor.pid ?? 0)
    const resident = (await Promise.all(pids.map(residentMiB))).reduce((sum, size) => sum + size, 0)
    add('resident memory of all processes', `${resident.toFixed(0)} MiB`, '2048 MiB', resident / 2048)
    await clickhouse.close()
  } finally {
    await product.stop()
  }
}
