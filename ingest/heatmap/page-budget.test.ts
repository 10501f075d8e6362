import { expect, test } from 'vitest'
import { PageBudget } from './page-budget.ts'

const noon = Date.parse('2026-11-11T04:00:00Z')
const view = (view_id: string, values: object = {}) => ({
  ...{ store_id: 's', page: '/product/*', view_id, time_zone: 'Asia/Shanghai', at: noon },
  ...values,
})

test('so many views of a page are taken a day, each of them to its end', () => {
  const budget = new PageBudget()
  expect(['a', 'b', 'c', 'a', 'b'].map((id) => budget.take(view(id), 2))).toEqual([true, true, false, true, true])
  expect(budget.take(view('c', { page: '/' }), 2)).toBe(true)
  expect(budget.take(view('c', { store_id: 't' }), 2)).toBe(true)
})

test('the day is the store’s: at its midnight a new budget begins', () => {
  const budget = new PageBudget()
  expect(budget.take(view('a'), 1)).toBe(true)
  expect(budget.take(view('b', { at: Date.parse('2026-11-11T15:59:59Z') }), 1)).toBe(false)
  expect(budget.take(view('b', { at: Date.parse('2026-11-11T16:00:00Z') }), 1)).toBe(true)
})

test('a store that wants nothing gets nothing', () => {
  expect(new PageBudget().take(view('a'), 0)).toBe(false)
})

test('of too many pages the one counted longest begins again, and it is told how many did', () => {
  const budget = new PageBudget({ pages: 2, views: 100 })
  for (const page of ['/1', '/2', '/3']) budget.take(view(page, { page }), 1)
  expect([budget.pages, budget.forgotten]).toEqual([2, 1])
  expect(budget.take(view('again', { page: '/1' }), 1)).toBe(true)
  expect(budget.take(view('again', { page: '/3' }), 1)).toBe(true)
  expect(budget.take(view('other', { page: '/3' }), 1)).toBe(false)
})

test('of too many views the oldest is counted twice', () => {
  const budget = new PageBudget({ pages: 10, views: 2 })
  expect(['a', 'b', 'c', 'a'].map((id) => budget.take(view(id), 4))).toEqual([true, true, true, true])
  expect(budget.take(view('d'), 4)).toBe(false)
})
