import { expect, test } from 'vitest'
import { restOf, spreadOf } from './forecast.ts'
import { usualWeek } from './usual-week.ts'

test('a period on its usual way ends as usual', () => {
  expect(restOf({ actual: 40, passed: 40, rest: 60 })).toBe(60)
  expect(restOf({ actual: 0, passed: 0, rest: 60 })).toBe(60)
  expect(restOf({ actual: 100, passed: 100, rest: 0 })).toBe(0)
})

test('what goes twice as well as usual counts for half when an eighth has passed, for more later', () => {
  // (200 + 100) ÷ (100 + 100) of 700; (800 + 100) ÷ (400 + 100) of 400.
  expect(restOf({ actual: 200, passed: 100, rest: 700 })).toBe(1050)
  expect(restOf({ actual: 800, passed: 400, rest: 400 })).toBe(720)
})

test('more given back than sold is no forecast of less than nothing', () => {
  expect(restOf({ actual: -500, passed: 100, rest: 700 })).toBe(0)
  expect(restOf({ actual: 5, passed: 0, rest: 0 })).toBe(0)
})

/** Days that sell at 10:00 and at 20:00. */
const daysOf = (sells: [morning: number, evening: number][]) =>
  sells.map(([morning, evening], at) => ({
    day: new Date(Date.UTC(2026, 8, 7 + at)).toISOString().slice(0, 10),
    weekday: at % 7,
    hours: Array.from({ length: 24 }, (_, hour) => (hour === 10 ? morning : hour === 20 ? evening : 0)),
  }))

test('forecasts are as far off as those of the days before were at the same share', () => {
  // A usual day is 50 + 50 (shares ½). At half, evenings of 40, 50, 50, 50, 60 stand against forecasts of 50 each.
  const week = usualWeek(
    daysOf([
      [50, 50],
      [50, 40],
      [50, 50],
      [50, 60],
      [50, 50],
    ]),
    new Set(),
  )
  const hours = Array.from({ length: 168 }, (_, at) => (at % 24 === 10 || at % 24 === 20 ? 50 : 0))
  const spread = week && spreadOf({ ...week, hours }, { share: 0.5, length: 1 })
  // 0.8, 1, 1, 1, 1.2: a tenth of the way from the first to the last is 0.4 of a step.
  expect([spread?.low.toFixed(4), spread?.high.toFixed(4)]).toEqual(['0.8800', '1.1200'])
})

test('of a long period the runs are weeks; with fewer than three, or broken ones, nothing is told', () => {
  const even = (count: number) => daysOf(Array.from({ length: count }, () => [50, 50]))
  const spread = (days: ReturnType<typeof daysOf>, length: number) =>
    spreadOf(usualWeek(days, new Set()) as never, { share: 0.5, length })
  expect(spread(even(9), 30)).toEqual({ low: 1, high: 1 })
  expect(spread(even(8), 30)).toBeUndefined()
  const broken = even(12).filter((_, at) => at !== 5)
  expect(spread(broken, 30)).toBeUndefined()
  expect(spread(broken, 1)).toEqual({ low: 1, high: 1 })
})
