import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { runQuery } from './query/run-query.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'UTC', currency: 'CNY' }

const order = (order_id: string, customer_id: string, placed_at: string, values: object = {}) => ({
  store_id: 's', order_id, source: 'ledger', customer_id, status: 'paid', placed_at, paid_at: placed_at, updated_at: 0, gross: '10', channel: 'tmall', ...values,
}) // biome-ignore format: one row

beforeAll(async () => {
  opened = await openTestWarehouse()
  await opened.warehouse.insert({
    table: 'orders',
    format: 'JSONEachRow',
    values: [
      order('1', 'old', '2025-12-01 00:00:00.000'),
      order('2', 'old', '2026-01-02 00:00:00.000'),
      order('3', 'twice', '2026-01-01 00:00:00.000', { channel: 'jd' }),
      order('4', 'twice', '2026-01-02 00:00:00.000'),
      // An order that was never paid makes nobody a buyer.
      order('5', 'late', '2025-12-02 00:00:00.000', { paid_at: null }),
      order('6', 'late', '2026-01-02 00:00:00.000'),
      // The browser's word: its buyer is the visitor; and an order of nobody.
      order('7', '', '2026-01-02 00:00:00.000', { source: 'event', visitor_id: 'v' }),
      order('8', '', '2026-01-02 00:00:00.000'),
    ],
  })
})
afterAll(() => opened.close())

const ask = async (request: object) => {
  const { results } = await runQuery(opened.warehouse, store, {
    store_id: 's',
    metrics: ['buyers', 'new_buyers', 'returning_buyers'],
    date_range: ['2026-01-01', '2026-01-03'],
    ...request,
  })
  return results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])
}

test('a buyer is new when the first paid order ever lies in the period, else returning', async () => {
  expect(await ask({})).toEqual([[4, 3, 1]])
  expect(await ask({ grain: 'day' })).toEqual([
    ['2026-01-01', 1, 1, 0],
    ['2026-01-02', 4, 2, 2],
  ])
})

test('new buyers are of the channel of their first order', async () => {
  expect(await ask({ metrics: ['new_buyers'], dimensions: ['channel'] })).toEqual([
    ['tmall', 2],
    ['jd', 1],
  ])
  await expect(ask({ metrics: ['new_buyers'], dimensions: ['product'] })).rejects.toThrow(
    'new_buyers cannot be asked of product',
  )
})
