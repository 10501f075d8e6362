import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runDataHealth } from './run-data-health.ts'

const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const now = new Date('2026-11-11T12:00:00Z')
let opened: Awaited<ReturnType<typeof openTestWarehouse>>

beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

test('a store without anything is told as nothing, not as wrong', async () => {
  expect(await runDataHealth(opened.warehouse, store, {}, now)).toEqual({
    traffic: { events: 0, per_second: 0, bots: 0, copies: 0 },
    bots: [],
    late: { rows: 0, days: [] },
    rollups: { bad_buckets: 0, lag_seconds: 0 },
    differences: { count: 0, last: null, rollups: [] },
  })
})

test('bots by reason, copies, late rows, rollups behind and differences are counted', async () => {
  const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
  const event = (message_id: string, at: string, more: object = {}) => ({
    ...{
      store_id: 's',
      message_id,
      name: 'page_view',
      timestamp: at,
      occurred_at: at,
      received_at: at,
      inserted_at: at,
    },
    ...more,
  })
  const bot = { is_bot: true, bot_reasons: ['user_agent', 'webdriver'] }
  const recent = event('a', '2026-11-11 11:58:00.000')
  await insert('events', [
    recent,
    event('b', '2026-11-11 11:57:00.000', { is_bot: true, bot_reasons: ['webdriver'] }),
    event('c', '2026-11-11 10:00:00.000', bot),
    event('before', '2026-11-10 11:30:00.000', bot),
  ])
  await insert('events', [recent])
  await insert('reopened_days', [
    {
      ...{ store_id: 's', source: 'traffic', time_zone: 'Asia/Shanghai', day: '2026-11-09', facts: 12 },
      ...{
        closed_at: '2026-11-09 16:00:00.000',
        reopened_at: '2026-11-11 01:00:00.000',
        version: '2026-11-11 01:01:00',
      },
    },
  ])
  await insert('rollup_differences', [
    { store_id: 's', rollup: 'sales_per_day', bucket: '2026-11-10', what: 'gmv', found_at: '2026-11-10 19:30:00.000' },
    { store_id: 's', rollup: 'sales_per_day', bucket: '2026-10-10', what: 'gmv', found_at: '2026-10-10 19:30:00.000' },
  ])
  const told = await runDataHealth(opened.warehouse, store, {}, now)
  expect(told.traffic).toEqual({ events: 4, per_second: 3 / 300, bots: 2, copies: 1 })
  expect(told.bots).toEqual([
    { reason: 'webdriver', events: 2 },
    { reason: 'user_agent', events: 1 },
  ])
  expect(told.late).toEqual({
    rows: 12,
    days: [{ day: '2026-11-09', source: 'traffic', rows: 12, reopened_at: '2026-11-11T01:00:00.000Z' }],
  })
  // Three hours and two days have events and no rollup.
  expect(told.rollups.bad_buckets).toBe(5)
  expect(told.differences).toEqual({ count: 1, last: '2026-11-10T19:30:00.000Z', rollups: ['sales_per_day'] })
})
