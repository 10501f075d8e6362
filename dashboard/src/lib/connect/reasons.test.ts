import { rejectionCodes } from '@guanlan/warehouse/rejection-codes'
import { expect, test } from 'vitest'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { reasonOf, reasons } from './reasons.ts'

test('every code that ingest can write has words', () => {
  expect(Object.keys(reasons).sort()).toEqual([...rejectionCodes].sort())
})

test.each(rejectionCodes)('%s has a name, a meaning and a way out, in both languages', (code) => {
  const wordsIn = (locale: 'zh' | 'en') => {
    overwriteGetLocale(() => locale)
    const { title, text, fix } = reasonOf(code)
    return [title(), text(), fix()]
  }
  const [zh, en] = [wordsIn('zh'), wordsIn('en')]
  for (const words of zh) expect(words).toMatch(/\p{Script=Han}/u)
  for (const words of en) expect(words).toMatch(/^[^\p{Script=Han}]{5,}$/u)
})

test('a code of a later release is told as one that is not known', () => {
  overwriteGetLocale(() => 'en')
  expect(reasonOf('from_the_future').title()).toBe('Another reason')
  expect(reasonOf('toString').title()).toBe('Another reason')
})
