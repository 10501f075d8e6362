import { expect, test } from 'vitest'
import { cellsFor } from './cells.ts'

test('every click stands for itself while there are few', () => {
  expect(cellsFor([59_000, 999, 1])).toEqual([4096, 4096, 4096])
  expect(cellsFor([])).toEqual([])
})

test('of many, an element has cells by the root of its clicks, and few clicks stand for themselves still', () => {
  // Roots 1000, 500 and 10: 60,000 cells are 39,735, 19,867 and 397, which is more than 100 clicks; roots of them 199 and 140.
  expect(cellsFor([1_000_000, 250_000, 100])).toEqual([199, 140, 4096])
})

test('an element always has a few cells', () => {
  // A thousand elements of 1000 clicks have 60 cells each: 7 a side would be too coarse.
  expect(new Set(cellsFor(Array.from({ length: 1000 }, () => 1000)))).toEqual(new Set([8]))
})
