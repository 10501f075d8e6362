import { expect, test } from 'vitest'
import { Personal, treatmentOf } from './personal.ts'

const personal = new Personal('secret')
const hash = (value: string) => personal.hash(value)

test.each(['email', 'userEmail', 'billing_email_2', 'buyer_phone', 'Contact Phone Number', '收货人手机号'])(
  'the value of %s is hashed',
  (key) => {
    expect(treatmentOf(key)).toBe('hash')
  },
)

test.each([
  'firstName',
  'user_password',
  'newPassword',
  'credit_card_number',
  'shipping_address_1',
  'remote_ip',
  'writeKey',
  'server_key',
  'jwt',
  '收件人地址',
  '买家身份证号',
])('the value of %s is removed', (key) => {
  expect(treatmentOf(key)).toBe('drop')
})

test.each(['product_name', 'iphone', 'headphone', 'zip', 'membership', 'tokens_left', 'email_count', '商品名称'])(
  'the value of %s stays',
  (key) => {
    expect(treatmentOf(key)).toBe('keep')
  },
)

test('a long text that only nearly is an e-mail address is read once, not from each of its letters', () => {
  const nearly = [`${'a'.repeat(1e6)} @`, '%40'.repeat(1e5), `x@${'a.'.repeat(5e5)}`, 'a@'.repeat(5e5)]
  for (const text of nearly) expect(personal.text(text)).toBe(text)
})

test('e-mail addresses and telephone numbers are found inside a text', () => {
  expect(personal.text('给 zhang@example.com 或13800138000打电话')).toBe(
    `给 ${hash('zhang@example.com')} 或${hash('13800138000')}打电话`,
  )
  expect(personal.text('+86 138-0013-8000.')).toBe(`${hash('+86 138-0013-8000')}.`)
  expect(personal.text('a%40b.cn')).toBe(hash('a@b.cn'))
  for (const id of ['/item/13800138000', '213800138000', 'SO-13800138000', '13800138000.5']) {
    expect(personal.text(id)).toBe(id)
  }
})

test.each([
  ['https://shop.cn/?a=1&accessToken=x&phoneNumber=5&firstName=Li&%65mail=l', 'https://shop.cn/?a=1'],
  ['https://u:p@shop.cn/a?q=%E6%9D%AF#access_token=x', 'https://shop.cn/a?q=%E6%9D%AF'],
  [
    'https://shop.cn/login?to=https%3A%2F%2Fshop.cn%2Fo%3Ftoken%3Dx%26id%3D7',
    'https://shop.cn/login?to=https%3A%2F%2Fshop.cn%2Fo%3Fid%3D7',
  ],
  [`https://shop.cn/?q=13800138000&id=13800138000`, `https://shop.cn/?q=${hash('13800138000')}&id=13800138000`],
  ['https://shop.cn/?who=a%40b.cn', `https://shop.cn/?who=${hash('a@b.cn')}`],
  ['https://shop.cn/?broken=%E0%A4%A', 'https://shop.cn/?broken=%E0%A4%A'],
])('%s is kept as %s', (url, kept) => {
  expect(personal.url(url)).toBe(kept)
})

test('an address inside an address inside an address ends', () => {
  expect(personal.url('https://a.cn/?u='.repeat(1e5)).length).toBeLessThanOrEqual(2048)
})

test.each(['/reset?token=x&a=1', 'pages/reset/index?a=1&token=x', '?token=x&a=1', 'app://reset?token=x&a=1'])(
  'the value %s loses its token',
  (value) => {
    expect(personal.value(value, 'keep')).not.toContain('token')
    expect(personal.value(value, 'keep')).toContain('?a=1')
  },
)

test('under the key of an identifier eleven digits stay, unless they begin with a plus', () => {
  expect(personal.value('13800138000', 'id')).toBe('13800138000')
  expect(personal.value('+8613800138000', 'id')).toBe(hash('+8613800138000'))
})

test('the id of a person is hashed where it is an address or a telephone number', () => {
  for (const key of ['userId', 'customer_id', 'anonymousId']) expect(treatmentOf(key)).toBe('person')
  expect(personal.value('13800138000', 'person')).toBe(hash('13800138000'))
  expect(personal.value('c-7', 'person')).toBe('c-7')
})
