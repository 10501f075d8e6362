import { expect, test } from 'vitest'
import { isReachable } from './links.ts'
import { redact } from './redact.ts'

test('of an address its host alone is left in what is kept', () => {
  const address = { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx', secret: 'SECabcdef' }
  expect(redact('invalid webhook url, key 693a91f6-7xxx, SECabcdef', address)).toBe('invalid webhook url, key •••, •••')
  expect(redact(`404 ${address.url} not found`, address)).toBe('404 qyapi.weixin.qq.com/••• not found')
  const slack = { url: 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXX' }
  expect(redact('no hook /services/T00000000/B00000000/XXXXXXXX, XXXXXXXX', slack)).toBe('no hook •••, •••')
  const mail = {
    ...{ to: ['ops@shop.cn'], from: 'g@shop.cn' },
    smtp: { host: 'smtp.shop.cn', port: 465, secure: true, user: 'u', password: 'hunter22' },
  }
  expect(redact('smtp.shop.cn: login with hunter22 for ops@shop.cn failed', mail)).toBe(
    'smtp.shop.cn: login with ••• for ••• failed',
  )
})

test.each([
  ['https://guanlan.shop.cn', true],
  ['http://guanlan.shop.cn', false],
  ['https://10.0.0.1', false],
  ['https://[fd00::1]', false],
  ['https://guanlan', false],
  ['https://guanlan.lan', false],
  ['http://127.0.0.1:3000', false],
])('whether a receiver of the internet can fetch a picture from %s: %s', (base, is) => {
  expect(isReachable(base)).toBe(is)
})
