import { DateTime } from 'luxon'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { refreshSnapshots } from './refresh.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const hold = async () => {}
const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
const select = async (query: string) =>
  (await opened.warehouse.query({ query, format: 'JSONCompactEachRow' })).json<unknown[]>()

const midnight = DateTime.now().setZone(store.time_zone).startOf('day')
const before = (days: number) =>
  midnight.minus({ days }).plus({ hours: 12 }).toUTC().toFormat('yyyy-MM-dd HH:mm:ss.SSS')
const order = (order_id: string, customer_id: string, daysAgo: number, updated = 1) => {
  const at = before(daysAgo)
  const updated_at = `2026-01-01 00:00:00.00${updated}`
  return {
    store_id: 's',
    order_id,
    source: 'ledger',
    status: 'paid',
    customer_id,
    placed_at: at,
    paid_at: at,
    gross: '100',
    updated_at,
    content_hash: 1,
    received_at: at,
  }
}

test('a store without orders has no snapshot', async () => {
  expect(await refreshSnapshots(opened.warehouse, store, hold)).toBe(false)
})

test('a snapshot tells repurchase, cohorts, RFM and returns as of the last midnight, and is made again when orders change', async () => {
  // a orders 100 and 90 days ago, b 100 days ago, c today: after as_of.
  await insert('orders', [order('1', 'a', 100), order('2', 'a', 90), order('3', 'b', 100), order('4', 'c', -0.4)])
  await insert('refunds', [
    {
      store_id: 's',
      refund_id: 'r',
      order_id: '3',
      refunded_at: before(80),
      amount: '40',
      updated_at: before(80),
      content_hash: 1,
      received_at: before(80),
    },
  ])
  expect(await refreshSnapshots(opened.warehouse, store, hold)).toBe(true)
  expect(
    await select(
      `SELECT sum(eligible), sum(repurchased) FROM repurchase_snapshots WHERE basis = 'first_order' AND window_days = 30`,
    ),
  ).toEqual([[2, 1]])
  expect(await select('SELECT sum(size), sum(arraySum(orders)) FROM cohort_snapshots')).toEqual([[2, 3]])
  expect(
    await select('SELECT customer_id, frequency, monetary, recency_days FROM rfm_snapshots ORDER BY customer_id'),
  ).toEqual([
    ['a', 2, 200, 89],
    ['b', 1, 100, 99],
  ])
  expect(
    await select(
      'SELECT sum(paid_orders), sum(returned_orders), sum(returned_amount), sum(refunds), min(matured) FROM return_snapshots',
    ),
  ).toEqual([[3, 1, 40, 1, true]])

  await insert('orders', [order('3', 'a', 100, 2)])
  expect(await refreshSnapshots(opened.warehouse, store, hold)).toBe(true)
  expect(await select('SELECT customer_id, frequency FROM rfm_snapshots')).toEqual([['a', 3]])
  expect(await select('SELECT uniqExact(as_of), count() FROM customer_snapshots')).toEqual([[1, 2]])
})

test('a snapshot that is cut off does not count', async () => {
  const versions = await select('SELECT count() FROM customer_snapshots')
  await insert('orders', [order('5', 'd', 10)])
  const cut = async () => {
    throw new Error('cut off')
  }
  await expect(refreshSnapshots(opened.warehouse, store, cut)).rejects.toThrow('cut off')
  expect(await select('SELECT count() FROM customer_snapshots')).toEqual(versions)
})

test('what is placed today changes nothing as of the last midnight; an order that left the time before it does', async () => {
  const of = (row: object) => ({ ...row, store_id: 't' })
  const refresh = () => refreshSnapshots(opened.warehouse, { ...store, store_id: 't' }, hold)
  await insert('orders', [of({ ...order('1', 'a', 5), inserted_at: before(4) })])
  expect(await refresh()).toBe(true)
  await insert('orders', [of(order('2', 'b', -0.4))])
  expect(await refresh()).toBe(false)
  const [[now] = []] = await select('SELECT toString(now64(6))')
  await insert('attribution_changes', [of({ order_id: '3', version: now, left_at: before(5) })])
  expect(await refresh()).toBe(true)
})
