import { expect, test } from 'vitest'
import type { FunnelWords } from '#lib/server/funnel/funnel-words.ts'
import { pickerOptions } from './picker-options.ts'

const words = { fields: {}, values: { channel: { douyin: '抖音' } } } as unknown as FunnelWords
const seen = (...values: string[]) => values.map((value, at) => ({ value, name: '', events: 10 - at }))

test('values are found by their own name and by what people call them', () => {
  const channels = seen('baidu', 'douyin')
  expect(pickerOptions('channel', channels, '', words).map(({ value }) => value)).toEqual(['baidu', 'douyin'])
  expect(pickerOptions('channel', channels, '抖', words)).toEqual([
    { value: 'douyin', label: '抖音', events: 9 },
    { value: '抖', label: '抖', events: undefined },
  ])
  expect(pickerOptions('channel', channels, 'DOU', words)[0]?.value).toBe('douyin')
})

test('the very value that was typed comes first, and what was not seen can be taken all the same', () => {
  expect(pickerOptions('path', seen('/tea/green', '/tea'), '/tea', words).map(({ value }) => value)).toEqual([
    '/tea',
    '/tea/green',
  ])
  expect(pickerOptions('event', seen('purchase'), ' my event ', words)).toEqual([
    { value: 'my event', label: 'my event', events: undefined },
  ])
})

test('until values have come there is nothing to choose', () => {
  expect(pickerOptions('event', undefined, '下单', words)).toEqual([])
})

test('a product is found by the name that the shop gave it', () => {
  const products = [{ value: 'SKU-1', name: '西湖龙井', events: 3 }]
  expect(pickerOptions('product', products, '龙井', words)[0]).toEqual({ value: 'SKU-1', label: '西湖龙井', events: 3 })
})
