import { expect, test } from 'vitest'
import { wilsonLower } from './wilson-lower.ts'

test('the fewer were looked at, the less is sure', () => {
  // 45 of 195: centre (0.230769 + 9/390) ÷ (1 + 9/195) = 0.242647, spread 3 × √(0.177515/195 + 9/152100) ÷ 1.046154 = 0.089290.
  expect(wilsonLower(45, 195, 3)).toBeCloseTo(0.153357, 5)
  expect(wilsonLower(4500, 19_500, 3)).toBeCloseTo(0.221844, 4)
  expect(wilsonLower(3, 4, 3)).toBeCloseTo(0.174, 2)
})

test('nothing returned, or nothing sold, is no reason to suspect anything', () => {
  expect(wilsonLower(0, 100, 3)).toBe(0)
  expect(wilsonLower(0, 0, 3)).toBe(0)
})
