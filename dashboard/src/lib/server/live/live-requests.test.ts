import { expect, test } from 'vitest'
import { liveViewOf } from '#lib/live/live-view.ts'
import { liveRequests } from './live-requests.ts'

const shanghai = { store_id: 'main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const asked = (now: string, search = '', store = shanghai) =>
  liveRequests(store, liveViewOf(new URLSearchParams(search)), new Date(now))

test('today is asked for whole, yesterday until the end of the same five seconds', () => {
  const { totals, visitors, day, pace, today } = asked('2026-11-11T02:03:04.567Z')
  expect(totals).toMatchObject({
    date_range: ['2026-11-11', '2026-11-12'],
    compare: ['2026-11-10T00:00:00+08:00', '2026-11-10T10:03:05+08:00'],
  })
  expect(visitors).toMatchObject({
    date_range: ['2026-11-11T09:58:05+08:00', '2026-11-11T10:03:05+08:00'],
  })
  expect(pace).toMatchObject({ from: '2026-11-11', to: '2026-11-12', as_of: '2026-11-11T10:03:00+08:00' })
  expect(day).toMatchObject({ dimensions: ['time:five_minutes'], compare: ['2026-11-10', '2026-11-11'] })
  expect(today).toBe('2026-11-11')
})

test('products are ranked among as many as the read API gives, for those that sell no more stand last', () => {
  expect(asked('2026-11-11T02:03:04Z').products.limit).toBe(10_000)
})

test('two who look within five seconds ask the same', () => {
  expect(asked('2026-11-11T02:03:00.000Z')).toEqual(asked('2026-11-11T02:03:04.999Z'))
})

test('the compared day is a week or a year ago when the address says so', () => {
  expect(asked('2026-11-11T02:03:04Z', 'compare=same_weekdays').day.compare).toEqual(['2026-11-04', '2026-11-05'])
  expect(asked('2026-11-11T02:03:04Z', 'compare=last_year').totals.compare).toEqual([
    '2025-11-11T00:00:00+08:00',
    '2025-11-11T10:03:05+08:00',
  ])
})

test('at the first and the last instant of a day no period is empty, and none reaches into another day', () => {
  expect(asked('2026-11-10T16:00:00.000Z').totals.compare).toEqual([
    '2026-11-10T00:00:00+08:00',
    '2026-11-10T00:00:05+08:00',
  ])
  expect(asked('2026-11-10T15:59:59.999Z').totals).toMatchObject({
    date_range: ['2026-11-10', '2026-11-11'],
    compare: ['2026-11-09T00:00:00+08:00', '2026-11-10T00:00:00+08:00'],
  })
})

test('the same moment is that of the clock on the wall, also across a clock change', () => {
  // Berlin put its clocks back on 2026-10-25: noon is 24 hours of the clock later, and 25 hours of time.
  const berlin = { store_id: 'main', time_zone: 'Europe/Berlin', currency: 'EUR' }
  expect(asked('2026-10-25T11:00:00Z', '', berlin).totals.compare).toEqual([
    '2026-10-24T00:00:00+02:00',
    '2026-10-24T12:00:05+02:00',
  ])
})
