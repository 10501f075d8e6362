import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { storeSpan } from './store-span.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

test('a store’s facts span from the first quarter of an hour to the last, of traffic and sales together', async () => {
  const { warehouse } = opened
  expect(await storeSpan(warehouse, { store_id: 's' })).toEqual([{ first: null, last: null }])
  const at = (occurred_at: string) => ({
    store_id: 's',
    message_id: occurred_at,
    name: 'page_view',
    timestamp: occurred_at,
    occurred_at,
    received_at: occurred_at,
  })
  await warehouse.insert({
    table: 'events',
    values: [at('2026-11-01 10:07:00.000'), at('2026-11-03 23:59:59.999')],
    format: 'JSONEachRow',
  })
  const placed_at = '2026-11-04 00:16:00.000'
  const order = { store_id: 's', order_id: 'o', source: 'ledger', placed_at, updated_at: placed_at }
  await warehouse.insert({ table: 'orders', values: [order], format: 'JSONEachRow' })
  expect(await storeSpan(warehouse, { store_id: 's' })).toEqual([
    { first: '2026-11-01T10:00:00Z', last: '2026-11-04T00:15:00Z' },
  ])
  expect(await storeSpan(warehouse, { store_id: 'another' })).toEqual([{ first: null, last: null }])
})
