import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runRejections } from './run-rejections.ts'

const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const now = new Date('2026-11-11T12:00:00Z')
let opened: Awaited<ReturnType<typeof openTestWarehouse>>

const row = (rejected_id: string, time: string, path: string, more: object = {}) => ({
  ...{ store_id: 's', rejected_id, received_at: `2026-11-11 ${time}:00.000`, kind: 'event', protocol: 'segment' },
  ...{ code: 'invalid_amount', path, message: `at ${time}`, payload: '{}' },
  ...more,
})

beforeAll(async () => {
  opened = await openTestWarehouse()
  const again = row('c', '11:40', 'properties.products[12].price')
  const values = [
    row('a', '11:20', 'properties.products[0].price'),
    row('b', '11:30', 'properties.products[1].price'),
    again,
    row('d', '11:10', 'day', { kind: 'ad_spend', protocol: 'records', code: 'missing_field' }),
    row('e', '10:59', 'properties.price'),
    row('f', '11:50', 'properties.price', { store_id: 'another' }),
  ]
  await opened.warehouse.insert({ table: 'rejected_events', values, format: 'JSONEachRow' })
  await opened.warehouse.insert({ table: 'rejected_events', values: [again], format: 'JSONEachRow' })
})
afterAll(() => opened.close())

test('equal reasons stand together, wherever in a list they were, and a row that came twice counts once', async () => {
  const { results, meta } = await runRejections(opened.warehouse, store, { store_id: 's', hours: 1 }, {}, now)
  expect(results).toEqual([
    {
      ...{ kind: 'event', protocol: 'segment', code: 'invalid_amount', path: 'properties.products[].price', count: 3 },
      ...{ message: 'at 11:40', first: '2026-11-11T11:20:00.000Z', last: '2026-11-11T11:40:00.000Z' },
    },
    {
      ...{ kind: 'spend', protocol: 'records', code: 'missing_field', path: 'day', count: 1, message: 'at 11:10' },
      ...{ first: '2026-11-11T11:10:00.000Z', last: '2026-11-11T11:10:00.000Z' },
    },
  ])
  expect(meta).toEqual({ from: '2026-11-11T11:00:00.000Z', rejected: 4 })
})

test('a limit leaves reasons out, not their number', async () => {
  const { results, meta } = await runRejections(opened.warehouse, store, { store_id: 's', hours: 2, limit: 1 }, {}, now)
  expect([results.length, meta.rejected]).toEqual([1, 5])
})
