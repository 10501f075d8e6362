import { expect, test } from 'vitest'
import { narrowingOf, nextSlice } from './narrowing.ts'

test('an address narrows the page by reasons and products, each to any of its values', () => {
  expect(narrowingOf(new URLSearchParams('product=a&reason=size&reason=&reason=size&channel=douyin'))).toEqual([
    { name: 'reason', values: ['size', ''] },
    { name: 'product', values: ['a'] },
  ])
})

test('a reason leads to its products, a product to its reasons', () => {
  expect([nextSlice('reason'), nextSlice('product'), nextSlice('channel')]).toEqual(['product', 'reason', 'reason'])
})
