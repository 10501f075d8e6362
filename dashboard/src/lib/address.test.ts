import { expect, test } from 'vitest'
import { addressWith, isOwnPath } from './address.ts'

test('a link changes what it names and keeps the rest', () => {
  const here = { pathname: '/stores/main/overview', search: '?period=today&compare=none' }
  expect(addressWith(here, { period: 'yesterday' })).toBe('/stores/main/overview?period=yesterday&compare=none')
  expect(addressWith(here, { period: null, compare: null })).toBe('/stores/main/overview')
})

test('only a path of this product is followed after a login', () => {
  expect(['/stores/main?x=1', '/'].every(isOwnPath)).toBe(true)
  expect(isOwnPath('/stores/main?channel=%E6%8A%96%E9%9F%B3')).toBe(true)
  expect(['/\t/evil.example', '/\n/evil.example', '/\r\n/evil.example', '/中', '/\u0085'].some(isOwnPath)).toBe(false)
  expect(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:1', '', null].some(isOwnPath)).toBe(
    false,
  )
})
