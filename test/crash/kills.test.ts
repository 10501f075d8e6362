import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childrenOf, residentMiB } from '../processes.ts'
import { type Product, startProduct } from '../product.ts'
import { readApi } from '../read-api.ts'
import { until } from '../until.ts'
import { startSending } from './steady-sender.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
}, 240_000)
afterAll(async () => {
  await product?.stop()
}, 120_000)

const kill = async (containing: string) => {
  const [pid] = await childrenOf(product.supervisor.pid ?? 0, containing)
  if (pid === undefined) throw new Error(`no ${containing} is running`)
  process.kill(pid, 'SIGKILL')
}

test('whatever is killed under load, every acknowledged event is counted once', async () => {
  const sending = startSending(product.ingest, product.keys.write)
  const [ingestAtFirst = 0] = await childrenOf(product.supervisor.pid ?? 0, 'ingest/serve')
  const residentAtFirst = await residentMiB(ingestAtFirst)
  for (const victim of ['embedded/serve', 'ingest/serve', 'redis-server', 'jobs/serve', 'embedded/serve']) {
    await sleep(2500)
    await kill(victim)
  }
  await sleep(6000)
  await sending.stop()
  const { acknowledged, resent } = sending
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(resent, 'the kills were felt').toBeGreaterThan(0)

  const clickhouse = createClient({ url: product.warehouse })
  const counted = await until(
    'every acknowledged event being in ClickHouse',
    async () => {
      const answer = await clickhouse.query({
        query: 'SELECT message_id AS id FROM events FINAL',
        format: 'JSONEachRow',
      })
      const ids = (await answer.json<{ id: string }>()).map((row) => row.id)
      const present = new Set(ids)
      if (!acknowledged.every((id) => present.has(id))) return undefined
      return { rows: ids.length, distinct: present.size }
    },
    { seconds: 90, everyMs: 500 },
  )
  await clickhouse.close()
  expect(counted.rows).toBe(counted.distinct)

  const today = new Date(Date.now() - 86_400_000).toISOString()
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const answer = await readApi(product).post<{ results: { metrics: number[] }[] }>('query', {
    store_id: 'main',
    metrics: ['events'],
    dimensions: [],
    filters: [],
    date_range: [today, tomorrow],
  })
  expect(answer.results[0]?.metrics).toEqual([counted.distinct])

  const [ingestAtLast = 0] = await childrenOf(product.supervisor.pid ?? 0, 'ingest/serve')
  expect(await residentMiB(ingestAtLast)).toBeLessThan(residentAtFirst + 250)
}, 240_000)
