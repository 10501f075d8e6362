import { expect, test } from 'vitest'
import { wellFormed } from './well-formed.ts'

test('half a surrogate pair becomes the replacement character, in values and in keys', () => {
  const json = JSON.stringify({ cut: '好😀'.slice(0, 2), '\udc00': 'x' })
  expect(JSON.parse(wellFormed(json))).toEqual({ cut: '好\ufffd', '\ufffd': 'x' })
})

test('a whole pair stays, and so does a text that only looks like an escape', () => {
  for (const text of ['😀', '\\ud800', '\\\\ud800', 'C:\\udata']) {
    const json = JSON.stringify({ text })
    expect(wellFormed(json)).toBe(json)
  }
})
