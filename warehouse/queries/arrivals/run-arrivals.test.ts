import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { arrivalsSince, joinArrivals } from './arrivals-since.ts'
import { runArrivals } from './run-arrivals.ts'

const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const now = new Date('2026-11-11T12:00:00Z')
let opened: Awaited<ReturnType<typeof openTestWarehouse>>

const times = (received_at: string) => ({ received_at, inserted_at: received_at })

beforeAll(async () => {
  opened = await openTestWarehouse()
  const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
  const event = (message_id: string, protocol: string, at: string) => ({
    ...{ store_id: 's', message_id, name: 'page_view', protocol, timestamp: at, occurred_at: at, ...times(at) },
  })
  await insert('events', [
    event('1', 'segment', '2026-11-01 10:00:00.000'),
    event('2', 'segment', '2026-11-11 10:00:00.000'),
    event('3', 'segment', '2026-11-11 11:00:00.000'),
    event('4', 'ga4', '2026-11-05 10:00:00.000'),
  ])
  const order = { store_id: 's', placed_at: '2026-11-11 09:00:00.000', updated_at: '2026-11-11 09:00:00.000' }
  await insert('orders', [
    { ...order, ...times('2026-11-11 09:30:00.000'), order_id: 'ours', source: 'ledger' },
    { ...order, ...times('2026-11-11 09:45:00.000'), order_id: 'seen', source: 'event' },
  ])
})
afterAll(() => opened.close())

const nothing = { first: null, last: null, last_day: 0 }

test('each way in tells when its first and its last came, and how much came today', async () => {
  const { results } = await runArrivals(opened.warehouse, store, {}, undefined, now)
  expect(results.slice(0, 5)).toEqual([
    { signal: 'segment', first: '2026-11-01T10:00:00.000Z', last: '2026-11-11T11:00:00.000Z', last_day: 2 },
    { signal: 'ga4', first: '2026-11-05T10:00:00.000Z', last: '2026-11-05T10:00:00.000Z', last_day: 0 },
    { signal: 'tracker', ...nothing },
    // The order of a purchase event is none of the ledger's.
    { signal: 'orders', first: '2026-11-11T09:30:00.000Z', last: '2026-11-11T09:30:00.000Z', last_day: 1 },
    { signal: 'refunds', ...nothing },
  ])
})

test('what came since all time was read is there all the same', async () => {
  const today = await arrivalsSince(opened.warehouse, 's', new Date('2026-11-11T00:00:00Z'))
  const [segment] = joinArrivals(new Map(), today)
  expect(segment).toEqual({
    ...{ signal: 'segment', first: '2026-11-11T10:00:00.000Z', last: '2026-11-11T11:00:00.000Z', last_day: 2 },
  })
})
