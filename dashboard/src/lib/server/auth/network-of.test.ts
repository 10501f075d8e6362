import { expect, test } from 'vitest'
import { networkOf, siteOf } from './network-of.ts'

test('all addresses of a /64 are one place, however they are written', () => {
  const same = ['2001:db8:0:1::1', '2001:0DB8::1:ffff:0:0:2', '2001:db8::1:0:0:0:7%eth0']
  expect(same.map(networkOf)).toEqual(Array(3).fill('2001:db8:0:1'))
  expect(networkOf('2001:db8:0:2::1')).toBe('2001:db8:0:2')
  expect(networkOf('::1')).toBe('0:0:0:0')
})

test('an IPv4 address is a place of its own, also behind a dual-stack socket', () => {
  expect(['203.0.113.7', '::ffff:203.0.113.7', '::FFFF:203.0.113.8'].map(networkOf)).toEqual([
    '203.0.113.7',
    '203.0.113.7',
    '203.0.113.8',
  ])
  expect(networkOf('unknown')).toBe('unknown')
})

test('all networks of a /48 are one site; an IPv4 address is one of its own', () => {
  expect(['2001:db8:0:1::1', '2001:db8:0:ffff::2'].map(siteOf)).toEqual(Array(2).fill('2001:db8:0'))
  expect([siteOf('2001:db8:1::1'), siteOf('::ffff:203.0.113.7')]).toEqual(['2001:db8:1', '203.0.113.7'])
})
