import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'
import { expect, test } from 'vitest'
import { addedUp, daySeriesOf } from './day-series.ts'

const answer = (rows: [string, number, number | null][]) =>
  ({
    results: rows.map(([label, value, before]) => ({ dimensions: [label], metrics: [value], comparison: [before] })),
  }) as QueryAnswer

const day = answer([
  ['2026-11-11T09:00:00+08:00', 3, 1],
  ['2026-11-11T09:05:00+08:00', 2, 5],
  ['2026-11-11T09:10:00+08:00', 0, 7],
])

test('what is still to come has no number, and the compared day is known to its end', () => {
  expect(daySeriesOf(day, new Date('2026-11-11T09:07:00+08:00'))).toEqual({
    times: ['09:00', '09:05', '09:10'],
    values: [3, 2, null],
    before: [1, 5, 7],
    filling: 1,
  })
})

test('a day that is over has no bucket under way', () => {
  expect(daySeriesOf(day, new Date('2026-11-11T09:10:00+08:00')).filling).toBe(-1)
})

test('sums keep their decimals and end where the numbers end', () => {
  expect(addedUp([0.1, 0.2, 0, null])).toEqual([0.1, 0.3, 0.3, null])
})
