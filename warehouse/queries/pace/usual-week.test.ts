import { expect, test } from 'vitest'
import { quantile, sumOf, usualWeek } from './usual-week.ts'

/** So many days from Monday 2026-09-07 on, each selling at 10:00 and at 20:00. */
const daysOf = (count: number, sells: (at: number) => [morning: number, evening: number]) =>
  Array.from({ length: count }, (_, at) => {
    const [morning, evening] = sells(at)
    const day = new Date(Date.UTC(2026, 8, 7 + at)).toISOString().slice(0, 10)
    return { day, weekday: at % 7, hours: Array.from({ length: 24 }, (_, hour) => (hour === 10 ? morning : hour === 20 ? evening : 0)) }
  }) // biome-ignore format: a day a line
const hour = (week: ReturnType<typeof usualWeek>, weekday: number, at: number) => week?.hours[weekday * 24 + at]

test('four weeks tell weekdays and hours apart', () => {
  const week = usualWeek(
    daysOf(28, (at) => (at % 7 === 5 ? [100, 300] : [25, 75])),
    new Set(),
  )
  expect([week?.basis, week?.weeks]).toEqual(['hour_of_week', 4])
  expect([hour(week, 0, 10), hour(week, 0, 20), hour(week, 5, 10), hour(week, 5, 20)]).toEqual([25, 75, 100, 300])
  expect(sumOf(week?.hours ?? [])).toBe(1000)
})

test('one mad day changes neither the level nor, by more than its share of days, the shape', () => {
  // Mondays sell 100, one of them 10,000 in the morning alone: shares of the morning are ¼, ¼, ¼ and 1.
  const week = usualWeek(
    daysOf(28, (at) => (at === 7 ? [10_000, 0] : [25, 75])),
    new Set(),
  )
  expect([hour(week, 0, 10), hour(week, 0, 20)]).toEqual([43.75, 56.25])
})

test('days of campaigns are left out, unless they are the rule', () => {
  const days = daysOf(35, (at) => (at === 14 ? [900, 900] : [25, 75]))
  const mondays = (leftOut: string[]) =>
    usualWeek(days, new Set(leftOut))?.days.filter(({ weekday }) => weekday === 0).length
  expect([mondays([]), mondays(['2026-09-21'])]).toEqual([5, 4])
  expect(usualWeek(days, new Set(days.slice(0, 18).map(({ day }) => day)))?.days.length).toBe(35)
})

test('with fewer than four weeks every day is the same; with fewer than three days nothing is known', () => {
  const short = usualWeek(
    daysOf(10, () => [25, 75]),
    new Set(),
  )
  expect([short?.basis, short?.weeks, hour(short, 6, 20)]).toEqual(['hour_of_day', 0, 75])
  expect(
    usualWeek(
      daysOf(2, () => [25, 75]),
      new Set(),
    ),
  ).toBeUndefined()
  expect(
    usualWeek(
      daysOf(56, () => [0, 0]),
      new Set(),
    ),
  ).toBeUndefined()
})

test('the days before a store sold at all, and the one on which it began, are no history', () => {
  const week = usualWeek(
    daysOf(56, (at) => (at < 20 ? [0, 0] : at === 20 ? [0, 5] : [25, 75])),
    new Set(),
  )
  expect([week?.days.length, week?.weeks, hour(week, 6, 20)]).toEqual([35, 5, 75])
})

test('a quantile lies between two numbers in proportion', () => {
  expect([quantile([4, 1, 2], 0.5), quantile([1, 2, 3, 5], 0.9), quantile([7], 0.1)]).toEqual([2, 4.4, 7])
})
