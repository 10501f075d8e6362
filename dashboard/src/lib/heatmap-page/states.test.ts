import { expect, test } from 'vitest'
import { readState, statesOf } from './states.ts'

test('a state says what lay over the page', () => {
  expect(readState('dialog:#cart')).toEqual({ kind: 'dialog', selector: '#cart' })
  expect(readState('menu:nav>ul:nth-of-type(2)')).toEqual({ kind: 'menu', selector: 'nav>ul:nth-of-type(2)' })
  expect(readState('')).toEqual({ kind: 'page', selector: '' })
  expect(readState('something else')).toEqual({ kind: 'page', selector: '' })
})

test('the page itself comes first, then what was clicked most', () => {
  const rows = [
    { state: 'menu:nav', clicks: 2 },
    { state: 'dialog:#cart', clicks: 5 },
    { state: '', clicks: 1 },
    { state: 'menu:nav', clicks: 4 },
  ]
  expect(statesOf(rows)).toEqual([
    { state: '', clicks: 1 },
    { state: 'menu:nav', clicks: 6 },
    { state: 'dialog:#cart', clicks: 5 },
  ])
})
