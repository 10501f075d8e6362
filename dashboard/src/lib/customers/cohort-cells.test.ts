import { expect, test } from 'vitest'
import { type CohortView, cohortCells } from './cohort-cells.ts'

const cohorts = [
  { cohort: '2026-08', size: 10, active: [10, 4, 1], orders: [12, 5, 1], revenue: [1000, 300, 50] },
  { cohort: '2026-09', size: 30, active: [30, 3], orders: [30, 3], revenue: [3000, 200] },
  { cohort: '2026-10', size: 5, active: [5], orders: [5], revenue: [400] },
]
const of = (view: CohortView) => {
  const { lines, totals } = cohortCells(cohorts, view)
  return { rows: lines.map(({ cells }) => cells.map(({ value }) => value)), totals }
}

test('shares are of the cohort, and together weighted by its size, of the months that are over', () => {
  // 4 of 10 alone: the second month of September is not over. The first: 40 of 40, October’s is not over.
  expect(of('share')).toEqual({ rows: [[1, 0.4, 0.1], [1, 0.1], [1]], totals: [1, 0.4, null] })
})

test('counts and money are added up, spend per customer is that up to then', () => {
  expect(of('customers').totals).toEqual([40, 4, null])
  expect(of('orders').totals).toEqual([42, 5, null])
  expect(of('revenue').totals).toEqual([4000, 300, null])
  expect(of('per_customer')).toEqual({ rows: [[100, 130, 135], [100, 3200 / 30], [80]], totals: [100, 130, null] })
})

test('the last month of each cohort still grows', () => {
  const { lines } = cohortCells(cohorts, 'share')
  expect(lines.map(({ cells }) => cells.map(({ isOpen }) => isOpen))).toEqual([
    [false, false, true],
    [false, true],
    [true],
  ])
})

test('shades go from the lowest to the highest share after the first month', () => {
  const { lines } = cohortCells(cohorts, 'share')
  expect(lines.map(({ cells }) => cells.map(({ level }) => level))).toEqual([[9, 9, 1], [9, 1], [9]])
})

test('no cohorts make no table', () => {
  expect(cohortCells([], 'share')).toEqual({ lines: [], totals: [], size: 0 })
})
