import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runRfm } from './run-rfm.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'UTC', currency: 'CNY' }
const asked = { store_id: 's', from: '2026-01-01', to: '2026-02-01' }

beforeAll(async () => {
  opened = await openTestWarehouse()
  // Customer n ordered n times, 10 each, last on day n of January: all three scores agree.
  const values = [1, 2, 3, 4, 5].flatMap((n) =>
    Array.from({ length: n }, (_, at) => {
      const placed_at = `2026-01-0${n} 00:00:0${at}.000`
      return { store_id: 's', order_id: `${n}-${at}`, source: 'ledger', customer_id: `c${n}`, status: 'paid', placed_at, updated_at: 0, gross: '10' } // biome-ignore format: one row
    }),
  )
  await opened.warehouse.insert({ table: 'orders', format: 'JSONEachRow', values })
})
afterAll(() => opened.close())

test('cells of recency and frequency, the best first, hold every customer', async () => {
  const { results, meta } = await runRfm(opened.warehouse, store, { ...asked, per: 'cell' })
  expect(results).toHaveLength(25)
  expect(results.filter((row) => 'r' in row && 'customers' in row && row.customers > 0)).toEqual([
    { r: 5, f: 5, customers: 1, monetary: 50, orders: 5 },
    { r: 4, f: 4, customers: 1, monetary: 40, orders: 4 },
    { r: 3, f: 3, customers: 1, monetary: 30, orders: 3 },
    { r: 2, f: 2, customers: 1, monetary: 20, orders: 2 },
    { r: 1, f: 1, customers: 1, monetary: 10, orders: 1 },
  ])
  expect(meta).toMatchObject({ per: 'cell', customers: 5, as_of: '2026-01-06T00:00:00Z' })
})

test('the list behind a segment is paged, and an empty one says what it would list', async () => {
  const list = { ...asked, per: 'customer', segment: 'champions' } as const
  const { results, meta } = await runRfm(opened.warehouse, store, { ...list, limit: 1, offset: 1 })
  expect(results).toEqual([
    { customer_id: 'c4', last_order_at: '2026-01-04T00:00:03.000Z', recency_days: 1, frequency: 4, monetary: 40, r: 4, f: 4, m: 4, segment: 'champions' },
  ]) // biome-ignore format: one row
  expect(meta.customers).toBe(2)
  const none = await runRfm(opened.warehouse, store, { ...list, segment: 'loyal' })
  expect(none).toMatchObject({ results: [], meta: { per: 'customer', customers: 0 } })
})
