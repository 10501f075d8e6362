import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runRepurchase } from './run-repurchase.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'UTC', currency: 'CNY' }
const asked = { store_id: 's', from: '2026-01-01', to: '2026-02-01' }
const order = (order_id: string, customer_id: string, placed_at: string, status = 'paid') => ({
  store_id: 's', order_id, source: 'ledger', customer_id, status, placed_at: `${placed_at}.000`, updated_at: 0, gross: '1',
}) // biome-ignore format: one row

beforeAll(async () => {
  opened = await openTestWarehouse()
  await opened.warehouse.insert({
    table: 'orders',
    format: 'JSONEachRow',
    values: [
      order('1', 'exact', '2026-01-01 00:00:00'),
      order('2', 'exact', '2026-01-08 00:00:00'),
      order('3', 'late', '2026-01-01 00:00:00'),
      order('4', 'late', '2026-01-08 00:00:01'),
      // Ordered before the period: no first order in it, but a buyer of it.
      order('5', 'old', '2025-06-01 00:00:00'),
      order('6', 'old', '2026-01-02 00:00:00'),
      order('7', 'lost', '2026-01-02 00:00:00', 'cancelled'),
      order('8', 'fresh', '2026-01-24 00:00:01'),
      // The last counted order is of nobody that is known; a cancelled one comes later.
      order('9', '', '2026-01-31 00:00:00'),
      order('10', 'x', '2026-02-20 00:00:00', 'cancelled'),
    ],
  })
})
afterAll(() => opened.close())

test('as_of is the last counted order, whoever placed it', async () => {
  const { meta, results } = await runRepurchase(opened.warehouse, store, { ...asked, windows: [7, 8] })
  expect(meta).toMatchObject({ as_of: '2026-01-31T00:00:00Z', customers: 3 })
  expect(results).toEqual([
    { window_days: 7, eligible: 2, repurchased: 1, rate: 0.5, open: 1, open_repurchased: 0 },
    { window_days: 8, eligible: 2, repurchased: 2, rate: 1, open: 1, open_repurchased: 0 },
  ])
})

test('a window asked twice counts each customer once', async () => {
  const { meta, results } = await runRepurchase(opened.warehouse, store, { ...asked, windows: [7, 7] })
  expect(meta.customers).toBe(3)
  expect(results).toEqual([
    { window_days: 7, eligible: 2, repurchased: 1, rate: 0.5, open: 1, open_repurchased: 0 },
    { window_days: 7, eligible: 2, repurchased: 1, rate: 0.5, open: 1, open_repurchased: 0 },
  ])
})

test('an earlier as_of knows no later order, and a buyer of the period may have ordered before it', async () => {
  const early = { ...asked, windows: [7], as_of: '2026-01-08T00:00:00Z' }
  expect((await runRepurchase(opened.warehouse, store, early)).results).toEqual([
    { window_days: 7, eligible: 2, repurchased: 1, rate: 0.5, open: 0, open_repurchased: 0 },
  ])
  const buyers = await runRepurchase(opened.warehouse, store, { ...asked, windows: [7], basis: 'period_buyers' })
  expect(buyers.results).toEqual([
    { window_days: 7, eligible: 3, repurchased: 1, rate: 1 / 3, open: 1, open_repurchased: 0 },
  ])
})

test('who came back before the window is over is told apart, and is not in the rate', async () => {
  const open = { ...asked, windows: [60], as_of: '2026-01-08T00:00:00Z' }
  expect((await runRepurchase(opened.warehouse, store, open)).results).toEqual([
    { window_days: 60, eligible: 0, repurchased: 0, rate: null, open: 2, open_repurchased: 1 },
  ])
})

test('by month, each customer is told of the first order of each month', async () => {
  const months = { store_id: 's', from: '2025-06-01', to: '2026-02-01', windows: [7], grain: 'month' as const }
  const buyers = await runRepurchase(opened.warehouse, store, { ...months, basis: 'period_buyers' })
  expect(buyers.results).toEqual([
    { cohort: '2025-06', window_days: 7, eligible: 1, repurchased: 0, rate: 0, open: 0, open_repurchased: 0 },
    { cohort: '2026-01', window_days: 7, eligible: 3, repurchased: 1, rate: 1 / 3, open: 1, open_repurchased: 0 },
  ])
  const firsts = await runRepurchase(opened.warehouse, store, { ...months, grain: 'week', windows: [7, 8] })
  expect(
    firsts.results.map(({ cohort, window_days, eligible, open }) => [cohort, window_days, eligible, open]),
  ).toEqual([
    ['2025-05-26', 7, 1, 0],
    ['2025-05-26', 8, 1, 0],
    ['2025-12-29', 7, 2, 0],
    ['2025-12-29', 8, 2, 0],
    ['2026-01-19', 7, 0, 1],
    ['2026-01-19', 8, 0, 1],
  ])
})
