import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { run } from '@guanlan/demo/run'
import { readState } from '@guanlan/demo/state'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../product.ts'
import { until } from '../until.ts'

let product: Product
let dataDir: string
beforeAll(async () => {
  product = await startProduct()
  dataDir = await mkdtemp(join(tmpdir(), 'guanlan-demo-'))
  await mkdir(join(dataDir, 'demo'))
  await writeFile(join(dataDir, 'demo', 'state.json'), '{"phase":"wanted"}')
})
afterAll(async () => {
  await product.stop()
  await rm(dataDir, { recursive: true })
})

const ask = async (query: string) => {
  const clickhouse = createClient({ url: product.warehouse })
  const rows = await (await clickhouse.query({ query, format: 'JSONEachRow' })).json<Record<string, unknown>>()
  await clickhouse.close()
  return rows
}

const store = `store_id = 'demo'`
const counted = async () => {
  const [row] = await ask(`
    SELECT
      (SELECT count() FROM events FINAL WHERE ${store}) AS events,
      (SELECT countIf(is_bot) FROM events FINAL WHERE ${store}) AS bots,
      (SELECT uniqExact(visitor_id) FROM events FINAL WHERE ${store}) AS visitors,
      (SELECT count() FROM orders FINAL WHERE ${store} AND source = 'ledger') AS orders,
      (SELECT count() FROM orders FINAL WHERE ${store} AND source = 'event') AS seen,
      (SELECT toString(sum(gross)) FROM orders FINAL WHERE ${store} AND source = 'ledger') AS gmv,
      (SELECT groupArray(status) FROM (SELECT DISTINCT status FROM orders FINAL WHERE ${store} AND source = 'ledger' ORDER BY status)) AS statuses,
      (SELECT count() FROM refunds FINAL WHERE ${store}) AS refunds,
      (SELECT count() FROM products FINAL WHERE ${store}) AS products,
      (SELECT count() FROM inventory FINAL WHERE ${store}) AS stock,
      (SELECT count() FROM ad_spend FINAL WHERE ${store}) AS spend,
      (SELECT count() FROM rejected_events) AS rejected`)
  return row
}

/** Runs the demo's process in this one, by a clock of its own, until something holds. */
async function runUntil(now: () => number, holds: () => Promise<true | undefined>): Promise<void> {
  const stop = new AbortController()
  const { ingest: INGEST_URL, keys } = product
  const env = { DEMO_SEED: 1, DEMO_ANCHOR: '2026-11-20', DEMO_DAYS: 3, DATA_DIR: dataDir, LOG_LEVEL: 'silent' } as const
  const running = run({
    env: { ...env, INGEST_URL, SERVER_KEY: keys.server },
    signal: stop.signal,
    say: () => {},
    now,
  })
  await Promise.race([until('the demo store being so far', holds), running])
  stop.abort()
  await running.catch((error: Error) => {
    if (error.name !== 'AbortError') throw error
  })
}

const noon = Date.parse('2026-11-20T12:00:00+08:00')
const isTold = (until: number) => async () => {
  const state = readState(dataDir)
  return (state.phase === 'live' && Date.parse(state.told_until) >= until) || undefined
}
/** A segment is nowhere for a moment while it passes from the writer to the flusher: it is looked for three times. */
async function allIn(): Promise<void> {
  let quiet = 0
  await until('the spool being empty', async () => {
    const answer = await fetch(`${product.ingest}/readyz`)
    const { spool } = (await answer.json()) as { spool: { segments: number } }
    quiet = spool.segments === 0 ? quiet + 1 : 0
    return quiet === 3 || undefined
  })
}

test('three days reach the tables as the generator tells them, in the channels that their signs name', async () => {
  await runUntil(() => noon, isTold(noon))
  await allIn()
  expect(await counted()).toEqual({
    events: 37_594,
    bots: 782,
    visitors: 11_160,
    orders: 508,
    seen: 463,
    gmv: '114096.7',
    statuses: ['cancelled', 'delivered', 'fulfilled', 'paid', 'pending', 'unfulfillable'],
    refunds: 7,
    products: 102,
    stock: 102,
    spend: 14,
    rejected: 0,
  })
  const channels = await ask(`SELECT DISTINCT channel FROM events WHERE ${store} ORDER BY channel`)
  expect(channels.map(({ channel }) => channel).join(' ')).toBe(
    ' baidu bilibili bing community douyin email kuaishou mini_program sms taobao tmall wechat wechat_channels wecom weibo xiaohongshu zhihu',
  )
  const campaigns = await ask(`SELECT id FROM settings WHERE ${store} AND kind = 'campaign' ORDER BY id`)
  expect(campaigns.map(({ id }) => id)).toEqual(['promo-2026-12', 'promo-2026-12-coupons', 'promo-2026-12-presale'])
})

test('a start an hour later tells what was missed, and nothing twice', async () => {
  await runUntil(() => noon + 3_600_000, isTold(noon + 3_600_000))
  await allIn()
  expect(await counted()).toMatchObject({
    events: 38_479,
    bots: 786,
    visitors: 11_430,
    orders: 516,
    seen: 468,
    gmv: '117271.6',
    refunds: 7,
    products: 102,
    rejected: 0,
  })
})

test('a store that somebody removes stays removed', async () => {
  const began = Date.now()
  // A clock that goes a minute a second, so that there is always something to tell.
  const now = () => noon + 3_600_000 + (Date.now() - began) * 60
  const clickhouse = createClient({ url: product.warehouse })
  const removed = { store_id: 'demo', kind: 'store', id: 'demo', version: 2, value: '', actor: 'ann' }
  await clickhouse.insert({
    table: 'settings',
    values: [{ ...removed, at: new Date().toISOString().replace('T', ' ').slice(0, 23) }],
    format: 'JSONEachRow',
  })
  await clickhouse.close()
  await runUntil(now, async () => readState(dataDir).phase === 'removed' || undefined)
  expect(readState(dataDir)).toEqual({ phase: 'removed' })
  await runUntil(now, async () => undefined)
  const answer = await fetch(`${product.ingest}/v1/stores/demo`, {
    headers: { authorization: `Bearer ${product.keys.server}` },
  })
  expect(answer.status).toBe(404)
})

test('npm start makes it on a new data directory, beside a store of one’s own that stays empty', async () => {
  const whole = await startProduct({ DEMO_DAYS: '1' }, [])
  try {
    const state = await until('the demo store being live', async () => {
      const text = await readFile(join(whole.dataDir, 'demo', 'state.json'), 'utf8')
      return text.includes('"live"') ? JSON.parse(text) : undefined
    })
    expect(state).toMatchObject({ phase: 'live', store_id: 'demo', seed: 1, days: 1, share: 1 })
    const clickhouse = createClient({ url: whole.warehouse })
    const stores = await until('the first events being there', async () => {
      const answer = await clickhouse.query({ query: 'SELECT DISTINCT store_id FROM events', format: 'JSONEachRow' })
      const rows = await answer.json<{ store_id: string }>()
      return rows.length > 0 ? rows : undefined
    })
    await clickhouse.close()
    expect(stores).toEqual([{ store_id: 'demo' }])
    expect(whole.output()).toContain('观澜生活馆（演示）')
  } finally {
    await whole.stop()
  }
})
