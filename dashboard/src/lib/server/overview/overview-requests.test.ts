import { expect, test } from 'vitest'
import { overviewRequests, soFar } from './overview-requests.ts'

const store = { store_id: 'main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const view = {
  store,
  period: { from: '2026-11-05', to: '2026-11-12' },
  comparison: 'previous_period',
  grain: 'day',
  by: 'channel',
  filters: [],
  now: new Date('2026-11-20T00:00:00Z'),
} as const

test('a period that is over is asked by its days', () => {
  expect(soFar(view)).toEqual({ date_range: ['2026-11-05', '2026-11-12'], compare: 'previous_period' })
  expect(soFar({ ...view, comparison: 'none' })).toEqual({ date_range: ['2026-11-05', '2026-11-12'] })
})

test('a period that is not over is held against the same stretch of the other', () => {
  const now = new Date('2026-11-11T06:30:42Z')
  expect(soFar({ ...view, now })).toEqual({
    date_range: ['2026-11-05T00:00:00+08:00', '2026-11-11T14:30:00+08:00'],
    compare: ['2026-10-29T00:00:00+08:00', '2026-11-04T14:30:00+08:00'],
    until: '2026-11-11T14:30:00+08:00',
  })
  expect(soFar({ ...view, now, comparison: 'last_year' }).compare).toEqual([
    '2025-11-05T00:00:00+08:00',
    '2025-11-11T14:30:00+08:00',
  ])
  const today = { from: '2026-11-11', to: '2026-11-12' }
  expect(soFar({ ...view, now, period: today, comparison: 'same_weekdays' }).compare).toEqual([
    '2026-11-04T00:00:00+08:00',
    '2026-11-04T14:30:00+08:00',
  ])
})

test('a clock change moves the day, not the time of day', () => {
  const berlin = { ...store, time_zone: 'Europe/Berlin' }
  const period = { from: '2026-10-26', to: '2026-10-27' }
  const range = soFar({ ...view, store: berlin, period, now: new Date('2026-10-26T08:00:00Z') })
  expect(range.compare).toEqual(['2026-10-25T00:00:00+02:00', '2026-10-25T09:00:00+01:00'])
})

test('the file of the breakdown asks the same of all rows, not only of those that the table shows', () => {
  const { breakdown, breakdown_file } = overviewRequests({ ...view, now: new Date('2026-11-11T06:30:00Z') })
  expect([breakdown.limit, breakdown_file.limit]).toEqual([100, 10_000])
  expect({ ...breakdown_file, limit: 100 }).toEqual(breakdown)
})

test('the series keeps the days to come, so that the compared period is seen to its end', () => {
  const { series } = overviewRequests({ ...view, now: new Date('2026-11-11T06:30:00Z') })
  expect(series).toMatchObject({
    date_range: ['2026-11-05', '2026-11-12'],
    compare: 'previous_period',
    dimensions: ['time:day'],
  })
})
