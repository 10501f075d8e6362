import { expect, test } from 'vitest'
import { spanOf, targetDays } from './target-span.ts'

const typed = { day: '2026-11-11', month: '2026-02', from: '2026-11-01', last: '2026-11-11' }

test('a day, the week it lies in from Monday, a month and a run of days have a first day and one after the last', () => {
  expect(targetDays('day', typed)).toEqual({ from: '2026-11-11', to: '2026-11-12' })
  expect(targetDays('week', typed)).toEqual({ from: '2026-11-09', to: '2026-11-16' })
  expect(targetDays('week', { ...typed, day: '2026-11-15' })).toEqual({ from: '2026-11-09', to: '2026-11-16' })
  expect(targetDays('month', typed)).toEqual({ from: '2026-02-01', to: '2026-03-01' })
  expect(targetDays('custom', typed)).toEqual({ from: '2026-11-01', to: '2026-11-12' })
})

test('days that do not exist, and a last day before the first, are none', () => {
  expect(targetDays('day', { ...typed, day: '2026-02-30' })).toBeUndefined()
  expect(targetDays('month', { ...typed, month: '2026-13' })).toBeUndefined()
  expect(targetDays('custom', { ...typed, last: '2026-10-31' })).toBeUndefined()
})

test('days are told as the form would', () => {
  const spans = [
    ['2026-11-11', '2026-11-12'],
    ['2026-11-09', '2026-11-16'],
    ['2026-11-01', '2026-12-01'],
    ['2026-11-01', '2026-11-12'],
  ] as const
  expect(spans.map(([from, to]) => spanOf({ from, to }))).toEqual(['day', 'week', 'month', 'custom'])
})
