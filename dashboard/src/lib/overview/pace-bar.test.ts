import { expect, test } from 'vitest'
import { paceBar } from './pace-bar.ts'

const bar = (numbers: { actual: number; target: number; forecast: number | null; expected_by_now: number | null }) =>
  Object.values(paceBar(numbers as never))

test('the bar ends at the target, or at what is beyond it', () => {
  expect(bar({ actual: 40, expected_by_now: 50, forecast: 80, target: 100 })).toEqual([0.4, 0.5, 0.8, 1])
  expect(bar({ actual: 100, expected_by_now: 50, forecast: 200, target: 100 })).toEqual([0.5, 0.25, 1, 0.5])
})

test('what is not known has no place, and less than nothing is nothing', () => {
  expect(bar({ actual: -5, expected_by_now: null, forecast: null, target: 100 })).toEqual([0, null, null, 1])
})
