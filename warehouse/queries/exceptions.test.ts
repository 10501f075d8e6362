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
    event('f', 'web_vitals', '2026-11-10 10:20:00.000', { path: '/a', device: 'phone', properties: { lcp: 3001 } }),
    event('f', 'web_vitals', '2026-11-10 10:20:00.000', { path: '/a', device: 'phone', properties: { lcp: 3001 } }),
    event('g', 'web_vitals', '2026-11-10 10:21:00.000', { path: '/a', properties: { lcp: 3000 } }),
    event('h', 'web_vitals', '2026-11-10 10:22:00.000', { path: '/b', properties: { lcp: 812.5 } }),
    // A browser that does not tell.
    event('i', 'web_vitals', '2026-11-10 10:23:00.000', { path: '/b', properties: { ttfb: 4000 } }),
    event('j', 'web_vitals', '2026-11-10 10:24:00.000', { path: '/b', is_bot: true, properties: { lcp: 9000 } }),
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

test('a page is slow when its largest content takes more than three seconds, of those whose browser tells', async () => {
  const metrics = ['slow_pageviews', 'measured_pageviews', 'slow_page_share'] as const
  expect(await rows({ metrics: [...metrics] })).toEqual([[1, 3, 1 / 3]])
  expect(await rows({ metrics: ['slow_page_share'], dimensions: ['path'], order_by: [['path', 'asc']] })).toEqual([
    ['/a', 0.5],
    ['/b', 0],
  ])
  expect(await rows({ metrics: ['slow_pageviews'], dimensions: ['device'] })).toContainEqual(['phone', 1])
  expect(await rows({ metrics: ['slow_page_share'], dimensions: ['time:day'] })).toEqual([
    ['2026-11-10', 1 / 3],
    ['2026-11-11', null],
  ])
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
