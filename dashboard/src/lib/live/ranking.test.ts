import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'
import { expect, test } from 'vitest'
import { rankingOf } from './ranking.ts'

const answer = (rows: [string, number, number][], truncated = false) =>
  ({
    results: rows.map(([value, now, before]) => ({ dimensions: [value], metrics: [now, 1], comparison: [before, 1] })),
    meta: { truncated },
  }) as QueryAnswer
const names = (rows: { value: string }[]) => rows.map(({ value }) => value)

test('those that gained and lost most money come first, whatever they sell', () => {
  const { top, rising, falling } = rankingOf(
    answer([
      ['tea', 900, 1000],
      ['cup', 500, 100],
      ['pot', 80, 80],
      ['bag', 20, 0],
      ['gone', 0, 300],
    ]),
    3,
  )
  expect(names(top)).toEqual(['tea', 'cup', 'pot'])
  expect(names(rising)).toEqual(['cup', 'bag'])
  expect(names(falling)).toEqual(['gone', 'tea'])
  expect(falling[0]).toEqual({ value: 'gone', paid_gmv: 0, before: 300, second: 1 })
})

test('where there are more than were looked at, it is told of how many', () => {
  expect(rankingOf(answer([['tea', 900, 1000]], true), 3).of).toBe(1)
  expect(rankingOf(answer([['tea', 900, 1000]]), 3)).not.toHaveProperty('of')
})
