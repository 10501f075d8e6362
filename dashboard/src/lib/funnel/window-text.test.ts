import { expect, test } from 'vitest'
import { textOfWindow, windowOfText } from './window-text.ts'

test('a window is told in its widest whole unit', () => {
  expect([1800, 3600, 86_400, 2_592_000, 5400, 45].map(textOfWindow)).toEqual(['30m', '1h', '1d', '30d', '90m', '45s'])
  expect(['30m', '1h', '366d', '45s'].map(windowOfText)).toEqual([1800, 3600, 31_622_400, 45])
})

test('what is no window is none', () => {
  expect(['', '0m', '367d', '1.5h', '-1d', '1w', '1d '].map(windowOfText)).toEqual(Array(7).fill(undefined))
})
