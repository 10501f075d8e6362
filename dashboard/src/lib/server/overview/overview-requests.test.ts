import { expect, test } from 'vitest'
import { fileOf, overviewRequests, soFar, withSpend } from './overview-requests.ts'

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

test('a day that begins at 01:00 is held against the whole of one that begins at midnight', () => {
  const santiago = { ...store, time_zone: 'America/Santiago' }
  const period = { from: '2026-09-06', to: '2026-09-07' }
  const now = new Date('2026-09-06T15:00:00Z')
  const compare = (comparison: 'previous_period' | 'same_weekdays') =>
    soFar({ ...view, store: santiago, period, comparison, now }).compare
  expect(compare('previous_period')).toEqual(['2026-09-05T00:00:00-04:00', '2026-09-05T12:00:00-04:00'])
  expect(compare('same_weekdays')).toEqual(['2026-08-30T00:00:00-04:00', '2026-08-30T12:00:00-04:00'])
})

const campaign = (year: number, start: string, end: string) => ({
  id: `double-11-${year}`,
  name: `${year} 双11`,
  type: 'promotion',
  starts_at: `${year}-11-${start}:00:00+08:00`,
  ends_at: `${year}-11-${end}:00:00+08:00`,
})
const promotion = {
  ...view,
  grain: 'hour',
  period: { from: '2026-11-10', to: '2026-11-12', campaign: campaign(2026, '10T20', '12T00') },
  against: campaign(2025, '09T10', '10T10'),
} as const

test('a campaign is asked by its instants, and held against as long a stretch from the start of the other', () => {
  expect(soFar(promotion)).toEqual({
    date_range: ['2026-11-10T20:00:00+08:00', '2026-11-12T00:00:00+08:00'],
    compare: ['2025-11-09T10:00:00+08:00', '2025-11-10T14:00:00+08:00'],
  })
  expect(soFar({ ...promotion, now: new Date('2026-11-10T17:30:42Z') })).toEqual({
    date_range: ['2026-11-10T20:00:00+08:00', '2026-11-11T01:30:00+08:00'],
    compare: ['2025-11-09T10:00:00+08:00', '2025-11-09T15:30:00+08:00'],
    until: '2026-11-11T01:30:00+08:00',
  })
})

test('without another a campaign is held against the time just before, or a year before', () => {
  const now = new Date('2026-11-10T17:30:00Z')
  const compare = (comparison: 'previous_period' | 'last_year') =>
    soFar({ ...promotion, against: undefined, comparison, now }).compare
  expect(compare('previous_period')).toEqual(['2026-11-09T16:00:00+08:00', '2026-11-09T21:30:00+08:00'])
  expect(compare('last_year')).toEqual(['2025-11-10T20:00:00+08:00', '2025-11-11T01:30:00+08:00'])
})

test('days too can be held against a campaign, from its start', () => {
  const today = { ...view, against: promotion.against, period: { from: '2026-11-11', to: '2026-11-12' } }
  expect(soFar({ ...today, now: new Date('2026-11-11T06:30:00Z') }).compare).toEqual([
    '2025-11-09T10:00:00+08:00',
    '2025-11-10T00:30:00+08:00',
  ])
  expect(soFar(today)).toEqual({
    date_range: ['2026-11-11', '2026-11-12'],
    compare: ['2025-11-09T10:00:00+08:00', '2025-11-10T10:00:00+08:00'],
  })
})

test('a stretch is as long as the time that has passed, also across a clock change', () => {
  const berlin = {
    ...promotion,
    store: { ...store, time_zone: 'Europe/Berlin' },
    against: { ...promotion.against, starts_at: '2025-10-25T20:00:00+02:00', ends_at: '2025-10-27T00:00:00+01:00' },
  }
  // 28 hours from 20:00 on, of which one comes twice.
  expect(soFar(berlin).compare).toEqual(['2025-10-25T20:00:00+02:00', '2025-10-26T23:00:00+01:00'])
})

test('the file of the breakdown asks the same of all rows, not only of those that the table shows', () => {
  const { breakdown } = overviewRequests({ ...view, now: new Date('2026-11-11T06:30:00Z') })
  expect([breakdown.limit, fileOf(breakdown).limit]).toEqual([100, 10_000])
  expect({ ...fileOf(breakdown), limit: 100 }).toEqual(breakdown)
  expect(withSpend(breakdown).metrics.slice(-3)).toEqual(['spend_per_buyer', 'ad_spend', 'roas'])
})

test('the series keeps the days to come, so that the compared period is seen to its end', () => {
  const { series } = overviewRequests({ ...view, now: new Date('2026-11-11T06:30:00Z') })
  expect(series).toMatchObject({
    date_range: ['2026-11-05', '2026-11-12'],
    compare: 'previous_period',
    dimensions: ['time:day'],
  })
})
