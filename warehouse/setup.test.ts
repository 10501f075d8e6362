import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from './settings/read.ts'
import { openTestWarehouse } from './testing.ts'
import { startRedis } from './testing-redis.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  redis = await startRedis()
})
afterAll(async () => {
  await redis.stop()
  await opened.close()
})

async function setUp(env: Record<string, string>): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [new URL('setup.ts', import.meta.url).pathname], {
    env: { CLICKHOUSE_URL: opened.url, REDIS_URL: redis.url, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = text(child.stdout)
  const [code] = await once(child, 'close')
  return { code, said: await said }
}

const store = { STORE_ID: 'tea', STORE_TIMEZONE: 'Europe/Berlin', STORE_CURRENCY: 'EUR' }

test('the first store is made once, however many set up at the same time, and is not changed afterwards', async () => {
  const runs = await Promise.all([setUp(store), setUp(store)])
  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  expect((await setUp({ ...store, STORE_CURRENCY: 'USD' })).code).toBe(0)
  const stores = await readSettings(opened.warehouse, 'store')
  expect(stores.map(({ store_id, version, actor, value }) => ({ store_id, version, actor, value }))).toEqual([
    {
      store_id: 'tea',
      version: 1,
      actor: 'setup',
      value: { name: 'tea', time_zone: 'Europe/Berlin', currency: 'EUR', trusts_sender_sessions: false },
    },
  ])
})

test('a wrong variable ends it with a sentence', async () => {
  const { code, said } = await setUp({ STORE_ID: 'Tea & Co' })
  expect(code).toBe(1)
  expect(said).toContain('STORE_ID is wrong: must be 1 to 63 of a–z, 0–9, - and _.')
})

test('a password of ClickHouse that is wrong ends it, and is not repeated', async () => {
  const url = new URL(opened.url)
  url.username = 'default'
  url.password = 'hunter2'
  const { code, said } = await setUp({ ...store, CLICKHOUSE_URL: url.href })
  expect(code).toBe(1)
  expect(said).not.toContain('hunter2')
})
