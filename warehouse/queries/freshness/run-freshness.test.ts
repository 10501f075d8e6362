import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runFreshness } from './run-freshness.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const storeOf = (store_id: string) => ({ store_id, time_zone: 'Asia/Shanghai', currency: 'CNY' })
const freshness = (store_id: string, as_of: string) =>
  runFreshness(opened.warehouse, storeOf(store_id), { store_id, as_of })

const event = (store_id: string, at: string, values: object = {}) => ({
  store_id,
  message_id: at,
  name: 'page_view',
  timestamp: at,
  occurred_at: at,
  received_at: at,
  inserted_at: at,
  ...values,
})
const insert = (values: object[], table = 'events') => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })

test('a store without facts has no age', async () => {
  expect(await freshness('none', '2026-11-11T04:00:00Z')).toEqual({
    received_at: null,
    inserted_at: null,
    last_event_at: null,
    silent_minutes: null,
    usual_events: null,
    is_unusual: false,
    meta: { time_zone: 'Asia/Shanghai', as_of: '2026-11-11T12:00:00+08:00' },
  })
})

test('the newest fact is an event or an order, of whenever it tells', async () => {
  const came = { received_at: '2026-11-11 03:59:50.000', inserted_at: '2026-11-11 03:59:50.400' }
  await insert([event('mixed', '2026-11-11 03:50:00.000')])
  const old = { placed_at: '2026-10-01 00:00:00.000', updated_at: '2026-10-01 00:00:00.000' }
  await insert([{ store_id: 'mixed', order_id: 'o', source: 'ledger', ...old, ...came }], 'orders')
  expect(await freshness('mixed', '2026-11-11T03:59:51Z')).toMatchObject({
    received_at: '2026-11-11T11:59:50+08:00',
    inserted_at: '2026-11-11T11:59:50.400+08:00',
    last_event_at: '2026-11-11T11:50:00+08:00',
    silent_minutes: 9,
    usual_events: null,
  })
  const later = await freshness('mixed', '2026-11-20T00:00:00Z')
  expect([later.inserted_at, later.silent_minutes, later.is_unusual]).toEqual([
    '2026-11-11T11:59:50.400+08:00',
    null,
    false,
  ])
})

test('silence is unusual where the same stretch of the last week had events, and usual at night', async () => {
  const minutes = ['41', '43', '45', '47', '49']
  const days = ['04', '05', '06', '07', '08', '09', '10']
  await insert([
    // Every day five events between 03:40 and 03:50 UTC, on three days five more after it; a bot is nobody.
    ...days.flatMap((day) => minutes.map((minute) => event('busy', `2026-11-${day} 03:${minute}:00.000`))),
    ...days.slice(0, 3).flatMap((day) => minutes.map((minute) => event('busy', `2026-11-${day} 04:${minute}:00.000`))),
    event('busy', '2026-11-11 03:35:00.000'),
    event('busy', '2026-11-11 03:49:00.000', { is_bot: true }),
  ])
  expect(await freshness('busy', '2026-11-11T03:44:59Z')).toMatchObject({ silent_minutes: 9, is_unusual: false })
  // 14 minutes, and on each day the events at 41, 43, 45 and 47 lie in such a stretch.
  expect(await freshness('busy', '2026-11-11T03:49:00Z')).toMatchObject({ usual_events: 4, is_unusual: false })
  expect(await freshness('busy', '2026-11-11T03:50:00Z')).toMatchObject({
    silent_minutes: 15,
    usual_events: 5,
    is_unusual: true,
  })
  // An hour at most is looked at: on four days of seven it is empty then.
  expect(await freshness('busy', '2026-11-11T05:00:00Z')).toMatchObject({
    silent_minutes: 85,
    usual_events: 0,
    is_unusual: false,
  })
})
