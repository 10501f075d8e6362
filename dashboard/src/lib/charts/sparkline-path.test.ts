import { expect, test } from 'vitest'
import { sparklinePath } from './sparkline-path.ts'

test('the highest value touches the top, zero the bottom', () => {
  expect(sparklinePath([0, 5, 10], 100, 20)).toBe('M0 20L50 10L100 0')
})

test('an unknown value is a gap', () => {
  expect(sparklinePath([10, null, 10, 10], 90, 20)).toBe('M0 0M60 0L90 0')
})

test('negative values lie below, and nothing at all is a line at the bottom', () => {
  expect(sparklinePath([-10, 10], 10, 20)).toBe('M0 20L10 0')
  expect(sparklinePath([0, 0], 10, 20)).toBe('M0 20L10 20')
  expect(sparklinePath([], 10, 20)).toBe('')
})
