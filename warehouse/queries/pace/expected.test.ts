import { expect, test } from 'vitest'
import { expectedOf, expectedUntil, modelOf } from './expected.ts'

const hourMs = 3_600_000
/** Hours from 0:00 of a Monday on. */
const hours = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ start: at * hourMs, end: (at + 1) * hourMs, place: at }))
const usual = Array.from({ length: 168 }, (_, place) => place + 1)

test('an hour brings what it brings in the usual week, half of it in half of it', () => {
  const pieces = expectedOf(hours(4), usual, []) ?? []
  expect([0, 1, 2.5, 4, 9].map((at) => expectedUntil(pieces, at * hourMs))).toEqual([0, 1, 4.5, 10, 10])
})

test('a campaign’s hours bring what its model brought so long after its start', () => {
  const past = [100, 50, 20].map((value, at) => ({ start: 7 + at * hourMs, end: 7 + (at + 1) * hourMs, value }))
  const planned = { start: 1.5 * hourMs, end: 3 * hourMs, expected: modelOf(past) }
  const pieces = expectedOf(hours(4), usual, [planned]) ?? []
  // 1 in the first hour, 2 ÷ 2 until it begins, then 100 ÷ 2; then the second half of 100 and half of 50; then 4.
  expect(pieces.map(({ expected }) => expected)).toEqual([1, 1, 50, 75, 4])
  expect(expectedUntil(pieces, 3 * hourMs)).toBe(127)
})

test('what lies beyond the model’s end is usual; where nothing is usual nothing is known', () => {
  const past = [{ start: 0, end: hourMs, value: 9 }]
  const planned = { start: 0, end: 2 * hourMs, expected: modelOf(past) }
  expect(expectedOf(hours(2), usual, [planned])?.map(({ expected }) => expected)).toEqual([9, 2])
  expect(expectedOf(hours(1), undefined, [planned])?.map(({ expected }) => expected)).toEqual([9])
  expect(expectedOf(hours(2), undefined, [planned])).toBeUndefined()
  expect(expectedOf(hours(2), undefined, [])).toBeUndefined()
})
