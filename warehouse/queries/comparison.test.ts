import { expect, test } from 'vitest'
import { bucketsOf } from './buckets.ts'
import { alignBuckets, type Compare, comparedPeriod, isByClock } from './comparison.ts'
import { periodOf } from './period.ts'

type Range = [string, string]

/** Each hour of a period with the one beside it, as `24T20 10T20`: day of the month and hour of the store's clock. */
function hoursBeside(zone: string, range: Range, compare: Compare): string[] {
  const period = periodOf(range, zone)
  const compared = comparedPeriod(period, compare, zone)
  const [buckets, others] = [bucketsOf(period, 'hour', 1000), bucketsOf(compared, 'hour', 1000)]
  const beside = alignBuckets(buckets, others, { grain: 'hour', byClock: isByClock(period, compared, compare) })
  const short = (label?: string) => label?.slice(8, 13) ?? '–'
  return buckets.map(({ key, label }) => `${short(label)} ${short(beside.get(key)?.label)}`)
}

test('a promotion from 20:00 stands beside one from 10:00 hour by hour from the start of each', () => {
  const beside = hoursBeside(
    'Asia/Shanghai',
    ['2026-11-10T20:00:00+08:00', '2026-11-11T02:00:00+08:00'],
    ['2025-11-09T10:00:00+08:00', '2025-11-09T16:00:00+08:00'],
  )
  expect(beside).toEqual(['10T20 09T10', '10T21 09T11', '10T22 09T12', '10T23 09T13', '11T00 09T14', '11T01 09T15'])
})

test('a night of 25 hours in one of them shifts no hour from the start', () => {
  // In Berlin 02:00 comes twice on 2026-10-25: the sixth and the seventh hour after 20:00.
  const long: Range = ['2026-10-24T20:00:00+02:00', '2026-10-25T04:00:00+01:00']
  const plain: Range = ['2026-10-10T20:00:00+02:00', '2026-10-11T05:00:00+02:00']
  const beside = hoursBeside('Europe/Berlin', long, plain)
  expect(beside.slice(5)).toEqual(['25T01 11T01', '25T02 11T02', '25T02 11T03', '25T03 11T04'])
  expect(hoursBeside('Europe/Berlin', plain, long).slice(5)).toEqual([
    '11T01 25T01',
    '11T02 25T02',
    '11T03 25T02',
    '11T04 25T03',
  ])
})

test('a night of 23 hours shifts none either, and what reaches beyond has nothing beside it', () => {
  // In Berlin 03:00 follows 01:59 on 2026-03-29.
  const beside = hoursBeside(
    'Europe/Berlin',
    ['2026-03-28T23:00:00+01:00', '2026-03-29T05:00:00+02:00'],
    ['2026-03-14T23:00:00+01:00', '2026-03-15T03:00:00+01:00'],
  )
  expect(beside).toEqual(['28T23 14T23', '29T00 15T00', '29T01 15T01', '29T03 15T02', '29T04 –'])
})

test('days stand beside each other by the clock: a clock change shifts nothing', () => {
  const autumn = hoursBeside('Europe/Berlin', ['2026-10-25', '2026-10-26'], 'previous_period')
  expect(autumn.slice(1, 5)).toEqual(['25T01 24T01', '25T02 24T02', '25T02 24T02', '25T03 24T03'])
  const spring = hoursBeside('Europe/Berlin', ['2026-03-29', '2026-03-30'], ['2026-03-28', '2026-03-29'])
  expect(spring.slice(1, 3)).toEqual(['29T01 28T01', '29T03 28T03'])
})

test('a day that begins at 01:00 has the other’s 01:00 beside its first hour', () => {
  // In São Paulo 2018-11-04 began at 01:00.
  const beside = hoursBeside('America/Sao_Paulo', ['2018-11-04', '2018-11-05'], 'same_weekdays')
  expect([beside.length, beside[0], beside.at(-1)]).toEqual([23, '04T01 28T01', '04T23 28T23'])
})

test('half a day is held against the same hours of the same weekday', () => {
  const range: Range = ['2026-10-26T20:00:00+01:00', '2026-10-26T22:00:00+01:00']
  expect(hoursBeside('Europe/Berlin', range, 'same_weekdays')).toEqual(['26T20 19T20', '26T21 19T21'])
})
