import { expect, test } from 'vitest'
import { bandsOn, marksOn, type TimeAxis } from './time-marks.ts'

const timeZone = 'Asia/Shanghai'
const places = (axis: TimeAxis, ...at: string[]) =>
  at.map((moment) => [...marksOn(axis, [{ at: moment }]).keys()][0] ?? 'off')

test('a moment falls into the hour that has begun, in whatever zone it is written', () => {
  const axis = {
    labels: ['2026-11-10T20:00:00+08:00', '2026-11-10T21:00:00+08:00'],
    grain: 'hour' as const,
    timeZone,
  }
  expect(places(axis, '2026-11-10T12:00:00Z', '2026-11-10T20:59:59+08:00', '2026-11-10T21:00:00+08:00')).toEqual([
    0, 0, 1,
  ])
  expect(places(axis, '2026-11-10T19:59:59+08:00', '2026-11-10T22:00:00+08:00')).toEqual(['off', 'off'])
})

test('a moment falls on a day of the store, also where a night has 25 hours', () => {
  const axis = { labels: ['2026-11-10', '2026-11-11'], grain: 'day' as const, timeZone }
  expect(places(axis, '2026-11-09T15:59:59Z', '2026-11-09T16:00:00Z', '2026-11-11T15:59:59Z', '2026-11-11T16:00:00Z')).toEqual(['off', 0, 1, 'off']) // biome-ignore format: the borders
  const berlin = { labels: ['2026-10-25', '2026-10-26'], grain: 'day' as const, timeZone: 'Europe/Berlin' }
  expect(places(berlin, '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z')).toEqual([0, 0, 1])
})

test('weeks and months end where the next would begin, minutes after a minute', () => {
  const weeks = { labels: ['2026-11-02', '2026-11-09'], grain: 'week' as const, timeZone }
  expect(places(weeks, '2026-11-08T23:59:59+08:00', '2026-11-15T23:59:59+08:00', '2026-11-16T00:00:00+08:00')).toEqual([
    0,
    1,
    'off',
  ])
  const months = { labels: ['2026-01-01', '2026-02-01'], grain: 'month' as const, timeZone }
  expect(places(months, '2026-01-31T23:59:59+08:00', '2026-02-28T12:00:00+08:00', '2026-03-01T00:00:00+08:00')).toEqual(
    [0, 1, 'off'],
  )
  const minutes = { labels: ['2026-11-10T20:00:00+08:00'], grain: 'minute' as const, timeZone }
  expect(places(minutes, '2026-11-10T20:00:59+08:00', '2026-11-10T20:01:00+08:00')).toEqual([0, 'off'])
  expect(places({ ...minutes, labels: [] }, '2026-11-10T20:00:59+08:00')).toEqual(['off'])
})

test('several in one bucket are told together, the earliest first', () => {
  const axis = { labels: ['2026-11-10', '2026-11-11'], grain: 'day' as const, timeZone }
  const happened = ['2026-11-11T09:00:00+08:00', '2026-11-10T23:00:00+08:00', '2026-11-11T08:00:00+08:00']
  const marks = marksOn(
    axis,
    happened.map((at) => ({ at })),
  )
  expect([...marks].map(([place, all]) => [place, all.map(({ at }) => at.slice(11, 13))])).toEqual([
    [0, ['23']],
    [1, ['08', '09']],
  ])
})

test('a campaign is a band from the bucket it begins in to the one in which it is over, cut off at the ends', () => {
  const labels = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12']
  const bands = (starts_at: string, ends_at: string) =>
    bandsOn({ labels, grain: 'day', timeZone }, [
      { name: 'x', starts_at: `${starts_at}:00+08:00`, ends_at: `${ends_at}:00+08:00` },
    ]).map(({ from, to }) => [from, to])
  expect(bands('2026-11-10T20:00', '2026-11-12T00:00')).toEqual([[1, 3]])
  expect(bands('2026-11-01T00:00', '2026-11-09T12:00')).toEqual([[0, 1]])
  expect(bands('2026-11-12T20:00', '2026-11-20T00:00')).toEqual([[2, 3]])
  expect(bands('2026-11-01T20:00', '2026-11-09T00:00')).toEqual([])
  expect(bands('2026-11-13T00:00', '2026-11-14T00:00')).toEqual([])
})
