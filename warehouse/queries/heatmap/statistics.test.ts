import { expect, test } from 'vitest'
import { meanDifference, poissonAtLeast, poissonAtMost, rateDifference, wilsonUpper } from './statistics.ts'

test('Poisson’s tails are those of the tables', () => {
  // e^-5 = 0.006738, e^-5 × (1 + 5) = 0.040428; of 1000 expected ones 900 are 3.2 standard deviations too few.
  expect(poissonAtMost(0, 5)).toBeCloseTo(0.006738, 6)
  expect(poissonAtMost(1, 5)).toBeCloseTo(0.040428, 6)
  expect(poissonAtLeast(2, 5)).toBeCloseTo(0.959572, 6)
  expect(poissonAtMost(900, 1000)).toBeCloseTo(0.00073, 4)
  expect([poissonAtMost(0, 0), poissonAtLeast(0, 5), poissonAtMost(0, 2000)]).toEqual([1, 1, 0])
})

test('Wilson’s upper end of nothing in a hundred is not nothing', () => {
  // z² ÷ (n + z²) = 9 ÷ 109.
  expect(wilsonUpper(0, 100, 3)).toBeCloseTo(9 / 109, 10)
  expect([wilsonUpper(100, 100, 3), wilsonUpper(0, 0, 3)]).toEqual([1, 1])
})

test('the difference of two rates has Newcombe’s interval', () => {
  // Newcombe 1998, table II, method 10, case a: 56/70 − 48/80 lies in 0.0524 … 0.3339.
  const found = rateDifference([48, 80], [56, 70], 1.959964)
  expect(found?.difference).toBeCloseTo(0.2, 10)
  expect(found?.low).toBeCloseTo(0.0524, 4)
  expect(found?.high).toBeCloseTo(0.3339, 4)
  expect(rateDifference([0, 0], [1, 2], 2)).toBeNull()
})

test('the difference of two means of money is as unsure as its orders are few', () => {
  // 100 orders of 10 in 1000 chances, then 50: 1 − 0.5, the variance of each sum being 100 × 100 and 50 × 100.
  const found = meanDifference({ sum: 1000, squares: 10_000, of: 1000 }, { sum: 500, squares: 5000, of: 1000 }, 2)
  expect(found?.difference).toBeCloseTo(-0.5, 10)
  expect(found?.high).toBeCloseTo(-0.5 + 2 * Math.sqrt(0.015), 10)
  expect(meanDifference({ sum: 0, squares: 0, of: 0 }, { sum: 1, squares: 1, of: 1 }, 2)).toBeNull()
})
