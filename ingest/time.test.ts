import { expect, test } from 'vitest'
import { parseInstant, toText } from './time.ts'

test.each([
  ['2026-11-11T00:00:00+08:00', '2026-11-10 16:00:00.000'],
  ['2026-11-11T00:00:00.1234567Z', '2026-11-11 00:00:00.123'],
  ['2026-11-11 00:00:00-0330', '2026-11-11 03:30:00.000'],
  ['2026-11-11T05:04Z', '2026-11-11 05:04:00.000'],
  ['2024-02-29T00:00:00Z', '2024-02-29 00:00:00.000'],
])('%s is %s in UTC', (text, expected) => {
  expect(toText(parseInstant(text, 'required') ?? 0)).toBe(expected)
})

test.each(['2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-11-11T24:00:00Z', 'yesterday', '11/11/2026', ''])(
  '%s is no instant',
  (text) => {
    expect(parseInstant(text, 'utc')).toBeUndefined()
  },
)

test('a time without a zone is an instant only where UTC may be assumed', () => {
  expect(parseInstant('2026-11-11T00:00:00', 'required')).toBeUndefined()
  expect(toText(parseInstant('2026-11-11T00:00:00', 'utc') ?? 0)).toBe('2026-11-11 00:00:00.000')
})
