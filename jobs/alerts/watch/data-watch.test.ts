import { beforeEach, expect, test } from 'vitest'
import { poisson, random } from '../../detect/series.ts'
import { type DataMinute, DataWatch } from './data-watch.ts'

const begin = Date.parse('2026-11-01T00:00:00Z')
let watch: DataWatch
let at = begin
const minute = (values: Partial<DataMinute>) => {
  at += 60_000
  return watch.observe({ start: at - 60_000, end: at, events: 40, bots: 2, rejected: 0, missing: null, ...values })
}
beforeEach(() => {
  watch = new DataWatch()
  at = begin
  const next = random(4242)
  for (let one = 0; one < 3 * 1440; one += 1) {
    expect(minute({ events: poisson(40, next), bots: poisson(2, next) }).trouble).toBeNull()
  }
})

test('silence of all channels is a tracker that stopped as soon as chance does not explain it', () => {
  const since = at
  expect(minute({ events: 0 })).toMatchObject({ trouble: 'tracker_stopped', since })
  expect(minute({ events: 0 })).toMatchObject({ trouble: 'tracker_stopped', since, calm: 0 })
  expect(minute({ events: 39 })).toMatchObject({ trouble: null, since: null, calm: 1 })
})

test('few events are a drop and no silence', () => {
  for (let one = 0; one < 10; one += 1) expect(minute({ events: 4 }).trouble).toBeNull()
})

test('a fall while what is refused, or called a bot’s, jumps is one of the data', () => {
  expect([1, 2, 3, 4].map(() => minute({ events: 5, rejected: 35 }).trouble)).toContain('events_rejected')
  for (let one = 0; one < 10; one += 1) minute({})
  expect([1, 2, 3, 4].map(() => minute({ events: 5, bots: 37 }).trouble)).toContain('bots')
  for (let one = 0; one < 10; one += 1) minute({})
  // Bots on top of the usual visits take nothing away.
  expect([1, 2, 3, 4].map(() => minute({ bots: 400 }).trouble)).toEqual([null, null, null, null])
})

test('what is not there teaches nothing, and a saved watch goes on as if nothing had happened', () => {
  const saved = watch.save()
  for (let one = 0; one < 100; one += 1) minute({ events: 0, missing: 'spool_behind' })
  const after = minute({})
  expect(after.trouble).toBeNull()
  expect(after.expected).toBeGreaterThan(35)
  expect(new DataWatch(saved).save()).toBe(saved)
})
