import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { compareRollups } from './compare-rollups.ts'
import { rollupLag } from './due-buckets.ts'
import { recomputeStore } from './recompute-store.ts'
import { reopenedDays } from './reopened-days.ts'
import { letTimePass, settle } from './testing.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const hold = async () => {}
const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })

async function select(query: string, query_params: Record<string, unknown>) {
  const answer = await opened.warehouse.query({ query, query_params, format: 'JSONCompactEachRow' })
  return answer.json<unknown[]>()
}

async function makeStore(store_id: string, time_zone: string, version = 1) {
  const value = JSON.stringify({ name: store_id, time_zone, currency: 'CNY' })
  const at = '2026-01-01 00:00:00.000'
  await insert('settings', [{ store_id, kind: 'store', id: store_id, version, value, actor: 'test', at }])
}

let count = 0
const event = (store_id: string, at: string, values: object = {}) => {
  count += 1
  const times = { timestamp: at, occurred_at: at, received_at: at }
  return { store_id, message_id: String(count), name: 'page_view', visitor_id: 'v', ...times, ...values }
}
const order = (store_id: string, order_id: string, at: string, values: object = {}) => {
  count += 1
  const updated_at = `2026-11-20 00:00:00.${String(count).padStart(3, '0')}`
  const times = { placed_at: at, paid_at: at, updated_at, received_at: at }
  const base = {
    store_id,
    order_id,
    source: 'ledger',
    status: 'paid',
    content_hash: count,
    gross: '100',
    customer_id: 'c',
  }
  return { ...base, ...times, ...values }
}

/** The newest version of each bucket, its rows of zeros left out. */
const days = (store_id: string, source: string, time_zone: string, columns: string) =>
  select(
    `SELECT toString(day), ${columns} FROM ${source}_per_day
     WHERE store_id = {store_id:String} AND time_zone = {time_zone:String}
       AND (day, version) IN (SELECT day, max(version) FROM ${source}_per_day
         WHERE store_id = {store_id:String} AND time_zone = {time_zone:String} GROUP BY day)
     GROUP BY day ORDER BY day`,
    { store_id, time_zone },
  )

const hours = (store_id: string, source: string, columns: string) =>
  select(
    `SELECT toString(hour), ${columns} FROM ${source}_per_hour
     WHERE store_id = {store_id:String} AND (hour, version) IN (
       SELECT hour, max(version) FROM ${source}_per_hour WHERE store_id = {store_id:String} GROUP BY hour)
     GROUP BY hour ORDER BY hour`,
    { store_id },
  )

const allEqualRaw = async (store_id: string, time_zone: string) => {
  expect(await compareRollups(opened.warehouse, { store_id, time_zone }, hold, { days: 36_500 })).toEqual([])
  expect(await rollupLag(opened.warehouse, { store_id, time_zone })).toEqual([{ bad_buckets: 0, lag_seconds: 0 }])
}

test('a bucket touched less than ten seconds ago waits, and is good afterwards', async () => {
  await makeStore('hot', 'UTC')
  await insert('events', [event('hot', '2026-11-01 10:00:00.000')])
  expect(await recomputeStore(opened.warehouse, 'hot', hold)).toMatchObject({ sessions: 1, hours: 0, days: 0 })
  expect(await rollupLag(opened.warehouse, { store_id: 'hot', time_zone: 'UTC' })).toMatchObject([{ bad_buckets: 2 }])
  await letTimePass(opened.warehouse)
  expect(await recomputeStore(opened.warehouse, 'hot', hold)).toMatchObject({ sessions: 0, hours: 1, days: 1 })
  expect(await recomputeStore(opened.warehouse, 'hot', hold)).toMatchObject({ sessions: 0, hours: 0, days: 0 })
})

test('days of a zone of half hours and of a day of 25 hours are cut at the store’s midnight', async () => {
  await makeStore('kolkata', 'Asia/Kolkata')
  // Midnight of 2 November in Kolkata is 18:30 UTC.
  await insert('events', [
    event('kolkata', '2026-11-01 18:29:59.999'),
    event('kolkata', '2026-11-01 18:30:00.000', { visitor_id: 'w' }),
  ])
  await settle(opened.warehouse, 'kolkata')
  const columns = 'sum(events), uniqExactMerge(visitors), sum(sessions)'
  expect(await days('kolkata', 'traffic', 'Asia/Kolkata', columns)).toEqual([
    ['2026-11-01', 1, 1, 1],
    ['2026-11-02', 1, 1, 1],
  ])
  expect(await hours('kolkata', 'traffic', 'sum(events)')).toEqual([
    ['2026-11-01 17:30:00', 1],
    ['2026-11-01 18:30:00', 1],
  ])
  await allEqualRaw('kolkata', 'Asia/Kolkata')

  await makeStore('berlin', 'Europe/Berlin')
  // 25 October 2026 lasts from 24th 22:00 UTC to 25th 23:00 UTC.
  await insert(
    'orders',
    [
      '2026-10-24 21:59:59.999',
      '2026-10-24 22:00:00.000',
      '2026-10-25 00:30:00.000',
      '2026-10-25 01:30:00.000',
      '2026-10-25 22:59:59.999',
      '2026-10-25 23:00:00.000',
    ].map((at, i) => order('berlin', `o${i}`, at)),
  )
  await settle(opened.warehouse, 'berlin')
  expect(await days('berlin', 'sales', 'Europe/Berlin', 'sum(orders), sum(gmv), uniqExactMerge(buyers)')).toEqual([
    ['2026-10-24', 1, 100, 1],
    ['2026-10-25', 4, 400, 1],
    ['2026-10-26', 1, 100, 1],
  ])
  await allEqualRaw('berlin', 'Europe/Berlin')
})

test('a store that moves to another zone gets other days', async () => {
  await makeStore('moving', 'Asia/Shanghai')
  await insert('orders', [order('moving', 'o', '2026-11-01 17:00:00.000')])
  await settle(opened.warehouse, 'moving')
  expect(await days('moving', 'sales', 'Asia/Shanghai', 'sum(orders)')).toEqual([['2026-11-02', 1]])
  await makeStore('moving', 'America/New_York', 2)
  await settle(opened.warehouse, 'moving')
  expect(await days('moving', 'sales', 'America/New_York', 'sum(orders)')).toEqual([['2026-11-01', 1]])
  await allEqualRaw('moving', 'America/New_York')
})

test('an order that changes channel, day, lines and status, with a refund across months, leaves every rollup equal to raw', async () => {
  const lines = (...quantities: number[]) => ({
    'lines.line_no': quantities.map((_, i) => i + 1),
    'lines.sku': quantities.map((_, i) => `s${i}`),
    'lines.name': quantities.map(() => ''),
    'lines.category': quantities.map(() => ''),
    'lines.quantity': quantities,
    'lines.price': quantities.map(() => 10),
    'lines.discount': quantities.map(() => 0),
  })
  await makeStore('journey', 'Asia/Shanghai')
  await insert('orders', [
    order('journey', 'o', '2026-10-31 10:00:00.000', { status: 'pending', paid_at: null, channel: 'ads', ...lines(2) }),
    order('journey', 'p', '2026-10-31 10:05:00.000', { gross: '50', channel: 'search', customer_id: 'd', ...lines(1) }),
  ])
  await settle(opened.warehouse, 'journey')
  const columns = 'sum(orders), sum(paid_orders), sum(units), sum(gmv), sum(paid_gmv), uniqExactMerge(buyers)'
  const zone = 'Asia/Shanghai'
  expect(await days('journey', 'sales', zone, columns)).toEqual([['2026-10-31', 2, 1, 3, 150, 50, 1]])

  await insert('orders', [
    order('journey', 'o', '2026-10-31 16:30:00.000', { channel: 'live', gross: '80', ...lines(1, 3) }),
  ])
  await insert('refunds', [
    {
      store_id: 'journey',
      refund_id: 'r',
      order_id: 'o',
      refunded_at: '2026-12-01 00:00:00.000',
      amount: '80',
      updated_at: '2026-12-01 00:00:00.000',
      content_hash: 1,
      received_at: '2026-12-01 00:00:00.000',
    },
  ])
  await settle(opened.warehouse, 'journey')
  expect(await days('journey', 'sales', zone, columns)).toEqual([
    ['2026-10-31', 1, 1, 1, 50, 50, 1],
    ['2026-11-01', 1, 1, 4, 80, 80, 1],
  ])
  expect(await hours('journey', 'sales', 'groupUniqArray(channel), sum(orders)')).toEqual([
    ['2026-10-31 10:00:00', ['search'], 1],
    ['2026-10-31 16:00:00', ['live'], 1],
  ])
  await insert('orders', [order('journey', 'p', '2026-11-03 10:05:00.000', { gross: '50', customer_id: 'd' })])
  await settle(opened.warehouse, 'journey')
  expect(await days('journey', 'sales', zone, 'sum(orders), count()')).toEqual([
    ['2026-10-31', 0, 1],
    ['2026-11-01', 1, 1],
    ['2026-11-03', 1, 1],
  ])
  await allEqualRaw('journey', zone)
})

test('a day that late rows reopen is recorded with how many they are, and again when an order leaves it', async () => {
  await makeStore('late', 'Asia/Shanghai')
  await insert('events', [event('late', '2026-11-01 10:00:00.000')])
  await insert('orders', [order('late', 'o', '2026-11-01 10:00:00.000')])
  await settle(opened.warehouse, 'late')
  const asked = { store_id: 'late', time_zone: 'Asia/Shanghai', from: '2026-11-01', to: '2026-11-30' }
  expect(await reopenedDays(opened.warehouse, asked)).toEqual([])
  await insert('events', [event('late', '2026-11-01 11:00:00.000'), event('late', '2026-11-01 12:00:00.000')])
  await settle(opened.warehouse, 'late')
  await insert('orders', [order('late', 'o', '2026-11-02 10:00:00.000')])
  await settle(opened.warehouse, 'late')
  const closed_at = '2026-11-01 16:00:00.000'
  expect(await reopenedDays(opened.warehouse, asked)).toMatchObject([
    { day: '2026-11-01', source: 'sales', closed_at, times: 1, facts: 1 },
    { day: '2026-11-01', source: 'traffic', closed_at, times: 1, facts: 2 },
  ])
})

test('the comparison finds a rollup that is wrong, and the next run puts it right', async () => {
  await makeStore('wrong', 'UTC')
  // The comparison looks back from today.
  const hour = `${new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)} 10:00:00`
  await insert('events', [event('wrong', `${hour}.000`)])
  await settle(opened.warehouse, 'wrong')
  await opened.warehouse.command({
    query: `ALTER TABLE traffic_per_hour UPDATE pageviews = 7 WHERE store_id = 'wrong'`,
    clickhouse_settings: { mutations_sync: '1' },
  })
  const zoned = { store_id: 'wrong', time_zone: 'UTC' }
  expect(await compareRollups(opened.warehouse, zoned, hold)).toEqual([
    { rollup: 'traffic_per_hour', bucket: hour, what: 'pageviews' },
  ])
  await settle(opened.warehouse, 'wrong')
  expect(await hours('wrong', 'traffic', 'sum(pageviews)')).toEqual([[hour, 1]])
  expect(await compareRollups(opened.warehouse, zoned, hold)).toEqual([])
})
