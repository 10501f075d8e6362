import { expect, test } from 'vitest'
import { returnsViewOf } from './returns-view.ts'

test('an address keeps the slice and the days of maturity; else reasons, after thirty days', () => {
  expect(returnsViewOf(new URLSearchParams('by=product&maturity=7'))).toEqual({ by: 'product', maturity: 7 })
  expect(returnsViewOf(new URLSearchParams('by=sku&maturity=31'))).toEqual({ by: 'reason', maturity: 30 })
})
