import { expect, test } from 'vitest'
import type { ScrollRow } from './answers.ts'
import { bandStrengths, depthReachedBy } from './bands.ts'

const rows = [
  [1, 400],
  [0.5, 100],
  [0.4, 0],
  [0, 0],
].map(([reach = 0, attention_ms = 0], band): ScrollRow => ({ band, views: 1, reach, attention_ms, attention_per_view: null })) // biome-ignore format: one line

test('half of the views got as far as the last band that half of them saw', () => {
  expect(depthReachedBy(rows, 0.5)).toBe(0.5)
  expect(depthReachedBy(rows, 1)).toBe(0.25)
  expect(depthReachedBy(rows.map((row) => ({ ...row, reach: null })), 0.5)).toBe(0) // biome-ignore format: one line
})

test('reach is told as it is, attention beside the most there is', () => {
  expect(bandStrengths(rows, 'scroll')).toEqual([1, 0.5, 0.4, 0])
  expect(bandStrengths(rows, 'attention')).toEqual([1, 0.25, 0, 0])
})
