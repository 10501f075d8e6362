import { expect, test } from 'vitest'
import type { ClickRow } from './answers.ts'
import { signedRows } from './signed-rows.ts'

const row = (selector: string): ClickRow => ({ selector, state: '', is_fixed: false, clicks: 1, dead: 0, rage: 0, error: 0, points: [[0.5, 0.5, 1, 0, 0, 0]] }) // biome-ignore format: one line

test('a difference is of clicks per view: what is looked at more often is not therefore clicked more', () => {
  const found = signedRows({ rows: [row('#a')], views: 10 }, { rows: [row('#a'), row('#b')], views: 4 })
  expect(found.map(({ selector, weight }) => [selector, weight])).toEqual([
    ['#a', 0.1],
    ['#a', -0.25],
    ['#b', -0.25],
  ])
  expect(signedRows({ rows: [row('#a')], views: 10 }, { rows: [], views: 0 })).toHaveLength(1)
})
