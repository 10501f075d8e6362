import { expect, test } from 'vitest'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { verdictOf } from './verdict.ts'

const check = (name: string, state: 'ok' | 'attention' | 'broken') => ({
  ...{ name, title: name, state, text: `${name} is so.`, advice: 'Do this.' },
})

test('one sentence says that all is well, or what is not and what to do, the worst first', () => {
  overwriteGetLocale(() => 'en')
  expect(verdictOf([check('a', 'ok')], 'en', true)).toMatchObject({ state: 'ok', title: 'All is well' })
  expect(verdictOf([check('a', 'ok')], 'en', false)).toMatchObject({ state: 'attention' })
  expect(verdictOf([check('a', 'attention'), check('b', 'ok'), check('c', 'attention')], 'en', true)).toEqual({
    ...{ state: 'attention', title: '2 to look at: a, c', text: 'a is so. Do this.' },
  })
  expect(verdictOf([check('a', 'attention'), check('b', 'broken')], 'en', false)).toEqual({
    ...{ state: 'broken', title: '1 broken: b', text: 'b is so. Do this.' },
  })
})
