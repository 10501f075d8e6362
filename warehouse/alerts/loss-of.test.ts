import { expect, test } from 'vitest'
import type { Explanation } from './incident.ts'
import { lossOf } from './loss-of.ts'

const told = (money: Explanation['money']): Explanation => ({
  ...{ currency: 'CNY', money, factors: null, causes: [], changes: [], playbook: [], data_trouble: null },
  until: '2026-11-11T12:00:00.000Z',
})

test('what was expected and did not come is lost, whatever sign the rate has', () => {
  expect(lossOf(told({ expected: 500, actual: 380, gap: -120, per_hour: -60 }))).toEqual({ so_far: 120, per_hour: 60 })
  expect(lossOf(told({ expected: 500, actual: 380, gap: -120, per_hour: 60 }))).toEqual({ so_far: 120, per_hour: 60 })
})

test('more than expected is less than nothing lost', () => {
  expect(lossOf(told({ expected: 100, actual: 150, gap: 50, per_hour: 25 }))).toEqual({ so_far: -50, per_hour: -25 })
})

test('what nobody knows is no zero, and a rate may be unknown alone', () => {
  expect(lossOf(null)).toBeNull()
  expect(lossOf(told({ expected: null, actual: null, gap: null, per_hour: null }))).toBeNull()
  expect(lossOf(told({ expected: null, actual: null, gap: -9, per_hour: null }))).toEqual({ so_far: 9, per_hour: null })
  expect(lossOf(told({ expected: 1, actual: 1, gap: 0, per_hour: 0 }))).toBeNull()
})
