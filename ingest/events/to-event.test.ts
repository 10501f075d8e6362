import { expect, test } from 'vitest'
import { Personal } from './personal.ts'
import { type Accepted, type Arrival, toEvent } from './to-event.ts'

const receivedAt = Date.parse('2026-11-11T10:00:00.000Z')
const personal = new Personal('secret')
const arrival: Arrival = {
  store: { store_id: 'main', name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' },
  personal,
  protocol: 'segment',
  receivedAt,
  userAgent: '',
}
const base = { type: 'track', event: 'scroll', messageId: 'm', anonymousId: 'v', timestamp: '2026-11-11T09:59:58.500Z' }

const accept = (sent: object, how: Partial<Arrival> = {}) => {
  const result = toEvent({ ...base, ...sent }, { ...arrival, ...how })
  if ('problem' in result) throw new Error(`${result.problem.path} ${result.problem.message}`)
  return result
}
const row = (sent: object, how?: Partial<Arrival>) => JSON.parse(accept(sent, how).line) as Record<string, unknown>
const order = (accepted: Accepted) => JSON.parse(accepted.order ?? '{}') as Record<string, unknown>
const problem = (sent: unknown) => {
  const result = toEvent(sent, arrival)
  return 'problem' in result ? result.problem : undefined
}

test.each([
  ['Product Viewed', 'view_item'],
  ['product list viewed', 'view_item_list'],
  ['Product Added', 'add_to_cart'],
  ['Product Removed', 'remove_from_cart'],
  ['Cart Viewed', 'view_cart'],
  ['Checkout Started', 'begin_checkout'],
  ['Payment Info Entered', 'add_payment_info'],
  ['Order Completed', 'purchase'],
  ['Order Refunded', 'refund'],
  ['Products Searched', 'search'],
  ['view_item', 'view_item'],
  ['Video Played', 'Video Played'],
])('the event %s is named %s', (event, name) => {
  expect(row({ event }).name).toBe(name)
})

test('page, screen, identify, group and alias have names of their own', () => {
  const named = (type: string, sent: object = {}) => row({ type, ...sent }).name
  expect(['page', 'screen', 'identify', 'group', 'alias'].map((type) => named(type))).toEqual([
    'page_view',
    'screen_view',
    'identify',
    'group',
    'alias',
  ])
})

test('a page call fills the columns of its page, its campaign and its channel', () => {
  const sent = {
    type: 'page',
    name: 'Cups',
    category: 'category',
    properties: { title: 'Cups | Shop' },
    context: {
      locale: 'zh-CN',
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
      page: {
        url: 'https://user:pw@shop.cn/cups?utm_source=dy&utm_medium=cpc&utm_campaign=618&access_token=abc&q=cup#top',
        referrer: 'https://www.douyin.com/video/1?session_id=9',
      },
    },
  }
  expect(row(sent)).toMatchObject({
    url: 'https://shop.cn/cups?utm_source=dy&utm_medium=cpc&utm_campaign=618&q=cup',
    path: '/cups',
    title: 'Cups | Shop',
    page_type: 'category',
    referrer: 'https://www.douyin.com/video/1',
    channel: 'douyin',
    source: 'dy',
    medium: 'cpc',
    campaign: '618',
    device: 'phone',
    os: 'iOS',
    browser: 'Mobile Safari',
    language: 'zh-CN',
  })
})

test('a page inside the shop says nothing of its origin', () => {
  const page = { url: 'https://shop.cn/p/1', referrer: 'https://www.shop.cn/' }
  expect(row({ type: 'page', context: { page } })).not.toHaveProperty('channel')
})

test('e-commerce properties of either specification become columns', () => {
  const segment = row({
    event: 'Product Added',
    properties: { product_id: 'p1', price: '19.90', quantity: 3, category: 'cups' },
  })
  expect(segment).toMatchObject({ sku: 'p1', skus: ['p1'], value: '59.7000', quantity: 3, category: 'cups' })
  const items = [
    { item_id: 'a', price: 1.5, quantity: 2 },
    { item_id: 'b', price: 2.555 },
  ]
  const ga4 = row({ event: 'view_cart', properties: { items, currency: 'cny' } })
  expect(ga4).toMatchObject({ sku: 'a', skus: ['a', 'b'], value: '5.5550', quantity: 3, currency: 'CNY' })
  expect(ga4.properties).toEqual({ items })
})

test.each([
  [{ value: 99, total: 120 }, '99.0000'],
  [{ revenue: '0.30', products: [{ sku: 'a', price: 0.1 }] }, '0.3000'],
  [{ total: 120, shipping: 12, tax: '8.40' }, '99.6000'],
  [{ products: [{ sku: 'a', price: 0.1, quantity: 3 }] }, '0.3000'],
])('the gross of a purchase with %j is %s', (properties, gross) => {
  expect(order(accept({ event: 'purchase', properties: { order_id: 'o', ...properties } })).gross).toBe(gross)
})

test('a purchase makes an order with its lines, in the currency of the store', () => {
  const sent = {
    event: 'Order Completed',
    userId: 'c7',
    properties: {
      order_id: 7,
      revenue: 25,
      total: 31,
      shipping: 6,
      coupon: 'NEW',
      products: [{ product_id: 'p1', name: 'Cup', category: 'cups', price: 12.5, quantity: 2 }],
    },
  }
  expect(order(accept(sent))).toMatchObject({
    store_id: 'main',
    order_id: '7',
    source: 'event',
    status: 'paid',
    customer_id: 'c7',
    visitor_id: 'v',
    currency: 'CNY',
    gross: '25.0000',
    paid: '31.0000',
    shipping: '6.0000',
    coupon: 'NEW',
    placed_at: '2026-11-11 09:59:58.500',
    paid_at: '2026-11-11 09:59:58.500',
    updated_at: '2026-11-11 09:59:58.500',
    'lines.line_no': [1],
    'lines.sku': ['p1'],
    'lines.quantity': [2],
    'lines.price': ['12.5000'],
  })
})

test('a retry has the same content hash, a lower version than the first arrival, and an earlier purchase outranks both', () => {
  const sent = { event: 'purchase', properties: { order_id: 'o', value: 1 } }
  const first = order(accept(sent, { sentAt: '2026-11-11T09:50:00Z' }))
  const retry = order(accept(sent, { receivedAt: receivedAt + 172_800_000, sentAt: '2026-11-13T09:50:00Z' }))
  const earlier = order(accept({ ...sent, timestamp: '2026-11-11T09:00:00Z' }))
  expect(retry.content_hash).toBe(first.content_hash)
  expect(BigInt(String(first.version)) > BigInt(String(retry.version))).toBe(true)
  expect(BigInt(String(earlier.version)) > BigInt(String(first.version))).toBe(true)
})

test.each([
  [{ value: 5 }, 'purchase_without_order_id', 'properties.order_id'],
  [{ order_id: 'o' }, 'purchase_without_value', 'properties.value'],
  [{ order_id: 'o', value: 5, currency: 'USD' }, 'other_currency', 'properties.currency'],
])('a purchase with %j is kept as an event, makes no order and says why', (properties, code, path) => {
  const accepted = accept({ event: 'purchase', properties })
  expect(accepted.order).toBeUndefined()
  expect(accepted.warning).toMatchObject({ code, path })
})

test.each([
  [{}, '2026-11-11 09:59:58.500'],
  [{ sentAt: '2026-11-11T09:59:59Z' }, '2026-11-11 09:59:58.500'],
  [{ sentAt: '2026-11-11T09:00:00Z' }, '2026-11-11 10:59:58.500'],
  [{ sentAt: '2026-11-01T09:00:00Z' }, '2026-11-11 09:59:58.500'],
  [{ sentAt: 'soon' }, '2026-11-11 09:59:58.500'],
])('with %j it happened at %s', (sent, occurred_at) => {
  expect(row(sent)).toMatchObject({ occurred_at, timestamp: '2026-11-11 09:59:58.500' })
})

test('an event without time or id gets both once; one with originalTimestamp has that', () => {
  const bare = row({ timestamp: undefined, messageId: undefined })
  expect(bare).toMatchObject({ timestamp: '2026-11-11 10:00:00.000', occurred_at: '2026-11-11 10:00:00.000' })
  expect(bare.message_id).toMatch(/^[0-9a-f-]{36}$/)
  const original = row({ timestamp: undefined, originalTimestamp: '2026-11-11T01:00:00+08:00' })
  expect(original.timestamp).toBe('2026-11-10 17:00:00.000')
})

test('an event of a customer alone has a visitor derived from the customer', () => {
  expect(row({ anonymousId: null, userId: 42 })).toMatchObject({ visitor_id: 'customer:42', customer_id: '42' })
})

test('persons are hashed or removed wherever they stand', () => {
  const sent = {
    type: 'identify',
    userId: 'Zhang@Example.com',
    traits: {
      name: 'Zhang San',
      email: 'zhang@example.com',
      mobile: '13800138000',
      tier: 'gold',
      address: { city: 'x' },
    },
    properties: {
      name: 'Cup',
      note: 'write to zhang@example.com please',
      contact: '+8613800138000',
      ip: '1.2.3.4',
      page: 'https://shop.cn/?token=1&a=2',
      order_no: '13800138000',
    },
  }
  const written = row(sent)
  const hash = personal.hash('zhang@example.com')
  expect(written.customer_id).toBe(hash)
  expect(written.properties).toEqual({
    name: 'Cup',
    note: `write to ${hash} please`,
    contact: personal.hash('+8613800138000'),
    page: 'https://shop.cn/?a=2',
    order_no: '13800138000',
    traits: { email: hash, mobile: personal.hash('13800138000'), tier: 'gold' },
  })
  expect(JSON.stringify(written)).not.toMatch(/zhang san|zhang@|1\.2\.3\.4/i)
})

test('a bot is marked with its reasons and taken all the same', () => {
  const userAgent = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
  expect(row({ context: { userAgent, webdriver: true } })).toMatchObject({
    is_bot: true,
    bot_reasons: ['user_agent', 'webdriver'],
  })
  expect(row({}, { userAgent: 'analytics-node/2.0' })).not.toHaveProperty('is_bot')
  expect(row({}, { userAgent })).toMatchObject({ is_bot: true })
})

test.each([
  [5, '', 'must be an object'],
  [{ ...base, type: 'nonsense' }, 'type', 'must be track, page, screen, identify, group or alias'],
  [{ ...base, event: ' ' }, 'event', 'is required: the name of the event'],
  [{ ...base, anonymousId: undefined }, 'anonymousId', 'is required, or userId'],
  [{ ...base, properties: [] }, 'properties', 'must be an object'],
  [
    { ...base, properties: { products: [{ price: 1 }, { price: 'free' }] } },
    'properties.products[1].price',
    'must be an amount, as in 19.90',
  ],
  [{ ...base, properties: { quantity: 1.5 } }, 'properties.quantity', 'must be a whole number, 0 or more'],
  [{ ...base, properties: { currency: 'Yuan' } }, 'properties.currency', 'must be an ISO 4217 code, as in CNY'],
  [{ ...base, timestamp: 'yesterday' }, 'timestamp', 'must be an instant, as in 2026-11-11T00:00:00.000Z'],
  [{ ...base, timestamp: '1999-12-31T23:59:59.999Z' }, 'timestamp', 'must lie between 2000 and 2100'],
  [{ ...base, timestamp: '2026-11-12T10:00:00.001Z' }, 'timestamp', 'lies more than a day in the future'],
  [{ ...base, properties: { text: 'x'.repeat(33_000) } }, 'properties', 'may have 32768 bytes'],
])('an event like %j is refused for its %s', (sent, path, message) => {
  expect(problem(sent)).toMatchObject({ path, message })
})

test('what lies too deep stays as text, and dots in keys are no paths', () => {
  const deep = { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } }, 'x.y': 1 }
  expect(row({ properties: deep }).properties).toEqual({
    a: { b: { c: { d: { e: { f: { g: '{"h":1}' } } } } } },
    x_y: 1,
  })
})

test.each([
  [{ properties: { order_id: 2 ** 60 } }, 'properties.order_id'],
  [{ properties: { transaction_id: 1e21 } }, 'properties.transaction_id'],
  [{ properties: { products: [{ product_id: 2 ** 60 }] } }, 'properties.products[0].product_id'],
  [{ userId: 2 ** 60 }, 'userId'],
])('an id that has lost digits as a number is refused: %j', (sent, path) => {
  expect(problem({ ...base, ...sent })).toMatchObject({ path, message: expect.stringMatching(/^must be a text/) })
})

test('no text of a sender is endless', () => {
  const long = 'x y'.repeat(10_000)
  const url = `https://shop.cn/${long}?utm_source=${long}&utm_medium=${long}&utm_campaign=${long}`
  const written = row({
    properties: { session_id: long.slice(0, 3000), page_type: long.slice(0, 3000) },
    context: {
      page: { url, path: long, title: long, referrer: url },
      os: { name: long },
      locale: long,
      userAgent: `${long}`,
    },
  })
  const { properties, ...columns } = written
  for (const [name, value] of Object.entries(columns)) {
    expect(String(value).length, name).toBeLessThanOrEqual(2048)
  }
  expect(JSON.stringify(columns).length).toBeLessThan(10_000)
})

test('an e-mail address is hashed in whatever field it comes', () => {
  const mail = 'zhang@example.com'
  const written = row({
    event: `wrote to ${mail}`,
    messageId: `${mail}-7`,
    context: {
      sessionId: mail,
      page: { url: `https://shop.cn/?utm_source=${mail}`, path: `/u/${mail}?token=t0ken`, title: mail },
      campaign: { name: mail, source: mail, medium: mail },
    },
    properties: { page_type: mail },
  })
  expect(JSON.stringify(written)).not.toMatch(/zhang.example|t0ken/)
  expect(written.message_id).toBe(`${personal.hash('zhang@example.com')}-7`)
  const group = row({ type: 'group', groupId: mail })
  expect(JSON.stringify(group)).not.toContain('zhang')
})
