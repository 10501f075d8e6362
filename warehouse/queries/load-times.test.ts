import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { runWeek, weekMetrics } from './heatmap/week.ts'
import type { QueryRequest } from './query/request.ts'
import { runQuery } from './query/run-query.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const days: [string, string] = ['2026-11-09', '2026-11-23']
const rows = async (request: Partial<QueryRequest> & { metrics: QueryRequest['metrics'] }) => {
  const { results } = await runQuery(opened.warehouse, store, { store_id: 's', date_range: days, ...request })
  return results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])
}

// 23:50 UTC is 07:50 of the next day in Shanghai.
const loads = [
  ['2026-11-09 02:00:00.000', { device: 'phone', properties: { lcp: 1000, inp: 80, cls: 0.02, ttfb: 200 } }],
  ['2026-11-09 02:10:00.000', { device: 'phone', properties: { lcp: 2000, inp: 120, cls: 0.1, ttfb: 300 } }],
  ['2026-11-09 02:20:00.000', { device: 'desktop', properties: { lcp: 3000, cls: 0 } }],
  ['2026-11-09 23:50:00.000', { device: 'phone', properties: { lcp: 9000, ttfb: 700 } }],
  // A Monday a week later, in the same hour.
  ['2026-11-16 02:30:00.000', { device: 'phone', properties: { lcp: 5000 } }],
  // What says nothing: bots, no number, less than nothing, more than all.
  ['2026-11-16 02:31:00.000', { is_bot: true, properties: { lcp: 90_000, inp: 90_000, cls: 9, ttfb: 9000 } }],
  ['2026-11-16 02:32:00.000', { properties: { lcp: 'nan' } }],
  ['2026-11-16 02:33:00.000', { properties: { lcp: 'inf' } }],
  ['2026-11-16 02:34:00.000', { properties: { lcp: -1 } }],
  ['2026-11-16 02:35:00.000', { properties: {} }],
] as const

beforeAll(async () => {
  opened = await openTestWarehouse()
  const values = loads.map(([at, rest], index) => ({
    ...{ store_id: 's', message_id: `m${index}`, name: 'web_vitals', visitor_id: 'v' },
    ...{ timestamp: at, occurred_at: at, received_at: at },
    ...rest,
  }))
  // Each is told twice, as a retry does.
  await opened.warehouse.insert({ table: 'events', values: [...values, ...values], format: 'JSONEachRow' })
})
afterAll(() => opened.close())

test('three quarters of the loads stay below the percentile, each load counted once', async () => {
  const metrics = ['lcp_p75', 'inp_p75', 'cls_p75', 'ttfb_p75'] as const
  // 1000 2000 3000 5000 9000: the fourth. 80 120: three quarters of the way. 0 0.02 0.1: half-way from the second to the third. 200 300 700.
  expect(await rows({ metrics: [...metrics] })).toEqual([[5000, 110, expect.closeTo(0.06, 10), 500]])
})

test('a percentile of a longer time or of all parts is taken of all loads anew, and is none without loads', async () => {
  expect(await rows({ metrics: ['lcp_p75'], dimensions: ['device'], order_by: [['device', 'asc']] })).toEqual([
    ['', null],
    ['desktop', 3000],
    ['phone', 6000],
  ])
  const byDay = await rows({ metrics: ['lcp_p75', 'pageviews'], dimensions: ['time:day'] })
  expect(byDay.slice(0, 3)).toEqual([
    ['2026-11-09', 2500, 0],
    ['2026-11-10', 9000, 0],
    ['2026-11-11', null, 0],
  ])
  expect(await rows({ metrics: ['lcp_p75'], dimensions: ['time:week'] })).toEqual([
    ['2026-11-09', 4500],
    ['2026-11-16', 5000],
  ])
})

test('beside metrics of other facts, and compared, it stays what it is', async () => {
  const { results, meta } = await runQuery(opened.warehouse, store, {
    store_id: 's',
    metrics: ['visitors', 'lcp_p75', 'paid_gmv', 'slow_page_share', 'cls_p75'],
    date_range: ['2026-11-16', '2026-11-23'],
    compare: 'previous_period',
  })
  expect(meta.units).toEqual(['count', 'milliseconds', 'money', 'ratio', 'score'])
  expect(results[0]?.metrics.slice(1, 3)).toEqual([5000, 0])
  expect(results[0]?.comparison?.[1]).toBe(4500)
})

test('an hour of the week has the percentile of all loads in the hours of its name, no mean of percentiles', async () => {
  expect(weekMetrics()).toContain('lcp_p75')
  const week = async (filters: QueryRequest['filters'] = []) => {
    const [from, to] = days
    const { results, meta } = await runWeek(opened.warehouse, store, { store_id: 's', from, to, metric: 'lcp_p75', filters }) // biome-ignore format: one question
    expect(meta.unit).toBe('milliseconds')
    return results.flatMap(({ weekday, hour, value }) => (value === null ? [] : [[weekday, hour, value]]))
  }
  // 1000 2000 3000 and 5000: a quarter of the way from the third. The mean of the two hours would be 3750.
  expect(await week()).toEqual([
    [1, 10, 3500],
    [2, 7, 9000],
  ])
  expect(await week([['is', 'device', ['desktop']]])).toEqual([[1, 10, 3000]])
})
