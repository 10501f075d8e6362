import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import type { QueryRequest } from './query/request.ts'
import { runQuery } from './query/run-query.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'UTC', currency: 'CNY' }
const rows = async (request: Partial<QueryRequest> & { metrics: QueryRequest['metrics'] }) => {
  const { results } = await runQuery(opened.warehouse, store, {
    ...{ store_id: 's', date_range: ['2026-11-10', '2026-11-12'] },
    ...request,
  })
  return results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])
}

const event = (message_id: string, name: string, at: string, values: object = {}) => ({
  ...{ store_id: 's', message_id, name, timestamp: at, occurred_at: at, received_at: at, visitor_id: 'v1' },
  ...values,
})
const order = (order_id: string, status: string, updated_at: string, values: object = {}) => ({
  ...{ store_id: 's', order_id, source: 'ledger', status, placed_at: '2026-11-09 10:00:00.000', updated_at },
  ...{ content_hash: 1, gross: '10' },
  ...values,
})

beforeAll(async () => {
  opened = await openTestWarehouse()
  const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
  await insert('events', [
    event('a', 'begin_checkout', '2026-11-10 10:00:00.000', { device: 'phone' }),
    event('b', 'begin_checkout', '2026-11-10 10:10:00.000', { device: 'desktop' }),
    event('c', 'payment_failed', '2026-11-10 10:11:00.000', { device: 'desktop', channel: 'douyin' }),
    event('c', 'payment_failed', '2026-11-10 10:11:00.000', { device: 'desktop', channel: 'douyin' }),
    event('d', 'payment_failed', '2026-11-10 10:12:00.000', { is_bot: true, device: 'desktop', channel: 'douyin' }),
    event('e', 'payment_failed', '2026-11-12 10:12:00.000'),
  ])
  await insert('orders', [
    order('o1', 'paid', '2026-11-09 10:00:00.000'),
    order('o1', 'unfulfillable', '2026-11-10 12:30:00.000', { province: 'Zhejiang' }),
    order('o2', 'unfulfillable', '2026-11-10 13:00:00.000'),
    // Saved after all.
    order('o2', 'fulfilled', '2026-11-11 13:00:00.000'),
    order('o3', 'cancelled', '2026-11-10 13:00:00.000'),
    order('o4', 'unfulfillable', '2026-11-12 13:00:00.000'),
  ])
})
afterAll(() => opened.close())

test('a payment that failed counts once, bots not, and beside the checkouts it is a rate', async () => {
  expect(await rows({ metrics: ['payment_failures', 'checkouts', 'payment_failure_rate'] })).toEqual([[1, 2, 0.5]])
  expect(await rows({ metrics: ['payment_failures'], dimensions: ['device'] })).toEqual([['desktop', 1]])
  expect(await rows({ metrics: ['payment_failures'], dimensions: ['channel'] })).toEqual([['douyin', 1]])
})

test('an order is an exception when it becomes one, not when it was placed, and is none when it was saved', async () => {
  expect(await rows({ metrics: ['order_exceptions'], dimensions: ['time:day'] })).toEqual([
    ['2026-11-10', 1],
    ['2026-11-11', 0],
  ])
  const hour: [string, string] = ['2026-11-10T12:00:00Z', '2026-11-10T13:00:00Z']
  expect(await rows({ metrics: ['order_exceptions', 'orders'], date_range: hour })).toEqual([[1, 0]])
  expect(await rows({ metrics: ['order_exceptions'], dimensions: ['province'] })).toEqual([['Zhejiang', 1]])
})
