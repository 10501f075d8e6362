import { expect, test } from 'vitest'
import type { Seen } from './judged.ts'
import { type SeriesOptions, SeriesWatch } from './series-watch.ts'
import { chanceOfAtMost } from './sudden-drop.ts'
import { upliftOf } from './uplift.ts'

const begin = Date.parse('2026-11-01T00:00:00Z')
const watchOf = (condition: SeriesOptions['condition'], metric: SeriesOptions['metric'] = 'orders') =>
  new SeriesWatch({ metric, grain: 'minute', condition })
/** Marks of consecutive buckets: ! raises, o is open, . is not. */
const marks = (watch: SeriesWatch, seen: (Partial<Seen> & { value: number | null })[], isMuted = false) =>
  seen
    .map((one, at) =>
      watch.observe({ start: begin + at * 60_000, end: begin + (at + 1) * 60_000, ...one }, { isMuted }),
    )
    .map(({ opened, open }) => (opened ? '!' : open ? 'o' : '.'))
    .join('')
const values = (...all: (number | null)[]) => all.map((value) => ({ value }))

test('a threshold opens after so many points in a row and closes when it is clear as often', () => {
  const watch = watchOf({ type: 'threshold', is: 'above', value: 10, clear: 5, for_points: 2 })
  expect(marks(watch, values(11, 9, 11, 12, 7, 5, 6, 5, 4, 3))).toBe('...!oooo..')
})

test('a change is against the week before, and nothing is said where that was a campaign', () => {
  const watch = watchOf({ type: 'change', direction: 'drop', by: 0.5, for_points: 1 })
  const seen = [100, 51, 50, 10, 90].map((value) => ({ value, weekAgo: 100 }))
  expect(marks(watch, [...seen, { value: 1, weekAgo: undefined }])).toBe('..!o..')
})

test('a share needs enough of the whole to be one', () => {
  const watch = watchOf({ type: 'share', above: 0.7, for_points: 1 }, 'sessions')
  expect(marks(watch, [[19, 19], [60, 100], [71, 100], [70, 100]].map(([value, total]) => ({ value: value ?? 0, total })))).toBe('..!.') // biome-ignore format: one line
})

test('a forecast below the target opens', () => {
  const watch = watchOf({ type: 'forecast', below: 0.1 }, 'paid_gmv')
  const of = (forecast: number) => ({ value: 1, forecast: { forecast, target: 100 } })
  expect(marks(watch, [of(95), of(89), of(91), { value: 1 }])).toBe('.!..')
})

test('a bucket that is muted is not judged and changes nothing', () => {
  const watch = watchOf({ type: 'threshold', is: 'below', value: 10, for_points: 1 })
  const before = watch.save()
  expect(marks(watch, values(0, 0, null), true)).toBe('...')
  expect(watch.save()).toBe(before)
})

test('Poisson tails are exact', () => {
  expect(chanceOfAtMost(0, 10)).toBeCloseTo(Math.exp(-10), 12)
  expect(chanceOfAtMost(2, 3)).toBeCloseTo(0.4231900811, 9)
  expect(chanceOfAtMost(7, 24) / 4.4e-5).toBeCloseTo(1, 0)
  expect(chanceOfAtMost(850, 950)).toBeLessThan(1e-3)
})

test('an earlier campaign’s uplift is of its hours, and beyond its end nobody knows', () => {
  const hour = 3_600_000
  const hours = [400, 300, 200].map((value, at) => ({ distance: at * hour, value, usual: [100, 100] }))
  const uplift = upliftOf(hours, 0)
  expect([0, hour, 2.5 * hour, 3 * hour, -1].map(uplift)).toEqual([3.5, 3, 2.5, undefined, undefined])
})
