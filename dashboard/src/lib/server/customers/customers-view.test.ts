import { expect, test } from 'vitest'
import { customersViewOf } from './customers-view.ts'

const read = (search: string, to = '2026-12-01') =>
  customersViewOf(new URLSearchParams(search), { from: '2026-06-01', to })

test('an address that says nothing shows first orders by month', () => {
  expect(read('')).toEqual({
    basis: 'first_order',
    cohorts: 'month',
    cohortGrains: ['month', 'week'],
    show: 'share',
    segment: undefined,
    page: 1,
  })
})

test('an address keeps every choice, and what makes no sense counts as not said', () => {
  expect(read('basis=period_buyers&cohorts=week&show=revenue&segment=at_risk&page=3')).toMatchObject({
    basis: 'period_buyers',
    cohorts: 'week',
    show: 'revenue',
    segment: 'at_risk',
    page: 3,
  })
  expect(read('basis=x&cohorts=day&show=&segment=best&page=0')).toEqual(read(''))
  expect(read('page=1.5').page).toBe(1)
})

test('more than half a year is not told by week', () => {
  expect(read('cohorts=week', '2026-12-20')).toMatchObject({ cohorts: 'month', cohortGrains: ['month'] })
})
