import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import type { EventValuesRequest } from './contract.ts'
import { runEventValues } from './run-event-values.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'UTC', currency: 'CNY' }

let count = 0
const event = (name: string, values: object = {}, day = '2026-11-01') => {
  const at = `${day} 10:00:00.000`
  count += 1
  return { store_id: 's', message_id: `m${count}`, name, timestamp: at, occurred_at: at, received_at: at, visitor_id: 'v', ...values }
} // biome-ignore format: one row

const answer = (request: Partial<EventValuesRequest>) =>
  runEventValues(opened.warehouse, store, {
    store_id: 's',
    from: '2026-11-01',
    to: '2026-11-02',
    of: 'event',
    ...request,
  })
const values = async (request: Partial<EventValuesRequest>) =>
  (await answer(request)).results.map(({ value, events }) => [value, events])

beforeAll(async () => {
  opened = await openTestWarehouse()
  await opened.warehouse.insert({
    table: 'events',
    format: 'JSONEachRow',
    values: [
      event('page_view', { path: '/', page_type: 'home', properties: { list: { name: 'spring' }, 'odd key': 1 } }),
      event('page_view', { path: '/Tea', page_type: 'category', channel: 'douyin' }),
      event('page_view', { path: '/tea', page_type: 'category', is_bot: true }),
      event('view_item', { sku: 'SKU-1', category: '茶', properties: { brand: 'Xihu', price: 12.5 } }),
      event('view_item', { sku: 'SKU-2', category: '茶', properties: { brand: 'Xihu' } }),
      event('view_item', { sku: 'SKU-2', category: '杯', visitor_id: '', properties: { brand: 'Other' } }),
      event('purchase', {}, '2026-08-01'),
    ],
  })
  await opened.warehouse.insert({
    table: 'products',
    format: 'JSONEachRow',
    values: [{ store_id: 's', sku: 'SKU-1', name: '西湖龙井', updated_at: '2026-11-01 00:00:00.000' }],
  })
})
afterAll(() => opened.close())

test('names of events come with how often they were seen, without bots and without nobody’s', async () => {
  expect(await values({})).toEqual([['page_view', 2], ['view_item', 2]]) // biome-ignore format: one line
  expect(await values({ search: 'VIEW_I' })).toEqual([['view_item', 2]])
  expect((await answer({ limit: 1 })).meta).toMatchObject({ truncated: true, sampled: false })
})

test('values are those of one event where one is named', async () => {
  expect(await values({ of: 'page_type', event: 'page_view' })).toEqual([['category', 1], ['home', 1]]) // biome-ignore format: one line
  expect(await values({ of: 'path', search: '/tea' })).toEqual([['/Tea', 1]])
  expect(await values({ of: 'category', event: 'view_item' })).toEqual([['茶', 2]])
  expect(await values({ of: 'channel' })).toEqual([['direct', 3], ['douyin', 1]]) // biome-ignore format: one line
})

test('properties are told by name and by value; a name that no step could ask for is left out', async () => {
  expect(await values({ of: 'properties' })).toEqual([['brand', 2], ['list.name', 1], ['price', 1]]) // biome-ignore format: one line
  expect(await values({ of: 'properties', event: 'view_item', search: 'BR' })).toEqual([['brand', 2]])
  expect(await values({ of: 'properties.brand' })).toEqual([['Xihu', 2]])
  expect(await values({ of: 'properties.price' })).toEqual([['12.5', 1]])
  expect(await values({ of: 'properties.list.name', search: 'none' })).toEqual([])
})

test('products are found by their name as well', async () => {
  const { results } = await answer({ of: 'product', event: 'view_item', search: '龙井' })
  expect(results).toEqual([{ value: 'SKU-1', name: '西湖龙井', events: 1 }])
  expect(await values({ of: 'product', search: 'sku-2' })).toEqual([['SKU-2', 1]])
})

test('no more than the newest 92 days are looked through', async () => {
  const { results, meta } = await answer({ from: '2020-01-01' })
  expect(meta.from).toBe('2026-08-02T00:00:00Z')
  expect(results.map(({ value }) => value)).toEqual(['page_view', 'view_item'])
})

test('what is no field of an event is refused', async () => {
  await expect(answer({ of: 'properties.a`b' })).rejects.toThrow(/must be one of/)
  await expect(answer({ to: '2026-11-01' })).rejects.toMatchObject({ name: 'QueryError', code: 'empty_period' })
})
