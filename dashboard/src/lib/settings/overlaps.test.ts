import { expect, test } from 'vitest'
import { overlaps } from './overlaps.ts'

const target = (id: string, from: string, to: string, metric = 'paid_gmv') => ({ id, metric, from, to })
const told = (...targets: ReturnType<typeof target>[]) =>
  [...overlaps(targets)].map(([id, others]) => `${id}: ${others.map((other) => other.id)}`)

test('targets of one metric that share some of their days, or all, are told', () => {
  expect(told(target('a', '2026-11-01', '2026-11-12'), target('b', '2026-11-11', '2026-11-20'))).toEqual([
    'a: b',
    'b: a',
  ])
  expect(told(target('a', '2026-11-01', '2026-12-01'), target('b', '2026-11-01', '2026-12-01'))).toEqual([
    'a: b',
    'b: a',
  ])
})

test('one that begins where another ends, one within another, and one of another metric are none', () => {
  expect(told(target('a', '2026-11-01', '2026-11-12'), target('b', '2026-11-12', '2026-11-20'))).toEqual([])
  expect(told(target('a', '2026-11-01', '2026-12-01'), target('b', '2026-11-11', '2026-11-12'))).toEqual([])
  expect(told(target('a', '2026-11-01', '2026-12-01'), target('b', '2026-11-20', '2026-12-05', 'orders'))).toEqual([])
})
