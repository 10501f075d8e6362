import { expect, test } from 'vitest'
import { targetOf } from './target-of.ts'

const aim = (from: string, to: string, value: number) => ({ from, to, value })
const november = { from: '2026-11-01', to: '2026-12-01' }

test('a target of just these days counts, the newest of two', () => {
  const aims = [aim('2026-11-01', '2026-12-01', 900), aim('2026-11-01', '2026-12-01', 800)]
  expect(targetOf(november, aims)).toEqual({ value: 900, basis: 'exact' })
})

test('targets that fill the days are added; with a gap, an overlap or beyond the end there is none', () => {
  const first = aim('2026-11-01', '2026-11-11', 100)
  const second = aim('2026-11-11', '2026-12-01', 250)
  expect(targetOf(november, [second, first])).toEqual({ value: 350, basis: 'sum' })
  const nothing = { value: null, basis: 'none' }
  expect(targetOf(november, [first])).toEqual(nothing)
  expect(targetOf(november, [first, aim('2026-11-12', '2026-12-01', 250)])).toEqual(nothing)
  expect(targetOf(november, [first, aim('2026-11-10', '2026-12-01', 250)])).toEqual(nothing)
  expect(targetOf(november, [first, aim('2026-11-11', '2026-12-02', 250)])).toEqual(nothing)
  expect(targetOf(november, [])).toEqual(nothing)
})

test('of several ways to fill the days the one of fewest targets counts', () => {
  const quarter = { from: '2026-10-01', to: '2027-01-01' }
  const aims = [
    aim('2026-10-01', '2026-10-16', 1),
    aim('2026-10-16', '2026-11-01', 1),
    aim('2026-10-01', '2026-11-01', 10),
    aim('2026-11-01', '2027-01-01', 20),
  ]
  expect(targetOf(quarter, aims)).toEqual({ value: 30, basis: 'sum' })
})
