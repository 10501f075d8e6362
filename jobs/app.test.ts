import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from './app.ts'
import { createMetrics } from './metrics.ts'
import { openQueue } from './queues.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  const at = '2026-11-01 10:00:00.000'
  const value = JSON.stringify({ name: 'main', time_zone: 'UTC', currency: 'CNY' })
  const setting = { store_id: 'main', kind: 'store', id: 'main', version: 1, value, actor: 'test', at }
  await opened.warehouse.insert({ table: 'settings', values: [setting], format: 'JSONEachRow' })
  const event = { store_id: 'main', message_id: '1', name: 'page_view', visitor_id: 'v' }
  const times = { timestamp: at, occurred_at: at, received_at: at, inserted_at: at }
  await opened.warehouse.insert({ table: 'events', values: [{ ...event, ...times }], format: 'JSONEachRow' })
})
afterAll(() => opened.close())

test('while Redis is away, and nothing is recomputed, the lag is told; scrapes at one moment share one reading', async () => {
  const redis = connectRedis('unix:///nowhere/redis.sock', { name: 'test' })
  let readings = 0
  const warehouse = new Proxy(opened.warehouse, {
    get: (target, name) => {
      if (name === 'query') readings += 1
      return Reflect.get(target, name).bind(target)
    },
  })
  const world = {
    ...{ warehouse, redis, log: pino({ level: 'silent' }), signal: new AbortController().signal },
    wake: async () => {},
  }
  const app = createApp(world, [openQueue(redis, 'recompute')], createMetrics())
  const scrape = async () => (await app.request('/metrics')).text()
  const [first] = await Promise.all([scrape(), scrape(), scrape()])
  expect(first).toContain('guanlan_rollup_bad_buckets{store_id="main"} 2')
  // The stores, then the lag, the late rows and the outbox of one store.
  expect(readings).toBe(4)
  redis.disconnect()
}, 30_000)
