import { expect, test } from 'vitest'
import { addressWith, isOwnPath } from './address.ts'

test('a link changes what it names and keeps the rest', () => {
  const here = { pathname: '/stores/main/overview', search: '?period=today&compare=none' }
  expect(addressWith(here, { period: 'yesterday' })).toBe('/stores/main/overview?period=yesterday&compare=none')
  expect(addressWith(here, { period: null, compare: null })).toBe('/stores/main/overview')
})

test('only a path of this product is followed after a login', () => {
  expect(['/stores/main?x=1', '/'].every(isOwnPath)).toBe(true)
  expect(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:1', '', null].some(isOwnPath)).toBe(
    false,
  )
})
