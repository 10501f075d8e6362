import { expect, test } from 'vitest'
import { conditionsOf, filtersOf } from './filters.ts'

test('an address narrows the overview by slices that every number knows', () => {
  const filters = filtersOf(new URLSearchParams('device=phone&channel=&province=广东'))
  expect(filters).toEqual([
    { name: 'channel', value: '' },
    { name: 'device', value: 'phone' },
  ])
  expect(conditionsOf(filters)).toEqual([
    ['is', 'channel', ['']],
    ['is', 'device', ['phone']],
  ])
})
