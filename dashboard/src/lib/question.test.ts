import { expect, test } from 'vitest'
import { searchOf } from './question.ts'

test('a question stands in an address as the read API takes it', () => {
  const request = { store_id: 'main', windows: [30, 60], filters: [['is', 'channel', ['抖音']]], as_of: undefined }
  expect(Object.fromEntries(new URLSearchParams(searchOf(request)))).toEqual({
    store_id: 'main',
    windows: '30,60',
    filters: '[["is","channel",["抖音"]]]',
  })
})

test('an empty list asks nothing', () => {
  expect(searchOf({ store_id: 'main', filters: [], per: 'day' })).toBe('store_id=main&per=day')
})
