import { expect, test } from 'vitest'
import { addressOfFilter, filtersOf } from './filters.ts'

test('an address narrows a page by slices that every number knows, each to any of its values', () => {
  const filters = filtersOf(new URLSearchParams('device=phone&channel=&channel=douyin&channel=douyin&province=广东'))
  expect(filters).toEqual([
    { name: 'channel', values: ['', 'douyin'] },
    { name: 'device', values: ['phone'] },
  ])
})

test('a filter is added once, and taken away without touching the others', () => {
  const here = { pathname: '/stores/main/overview', search: '?period=today&channel=douyin' }
  const added = addressOfFilter(here, { name: 'channel', value: 'direct' })
  expect(added).toBe('/stores/main/overview?period=today&channel=douyin&channel=direct')
  expect(addressOfFilter(here, { name: 'channel', value: 'douyin' })).toBe(here.pathname + here.search)
  const taken = addressOfFilter(here, { name: 'channel', value: 'douyin', without: true })
  expect(taken).toBe('/stores/main/overview?period=today')
})
