import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, openTestIngest, type TestIngest } from './testing.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest()
})
afterAll(() => ingest.close())

const count = async (sql: string) => (await ingest.ask<{ n: number }>(`SELECT count() AS n FROM ${sql}`))[0]?.n
const at = '2026-11-11T02:00:00.000Z'
const event = (messageId: string, more: object = {}) => ({
  type: 'track',
  event: 'Product Viewed',
  messageId,
  anonymousId: 'v1',
  timestamp: at,
  ...more,
})
const order = (order_id: string, more: object = {}) => ({
  order_id,
  status: 'paid',
  placed_at: at,
  paid_at: at,
  gross: '10.50',
  lines: [{ line_no: 1, sku: 'a', quantity: 1, price: 10.5 }],
  updated_at: at,
  ...more,
})

test('a bad event in the middle of a big batch is refused with its reason, and the others go in', async () => {
  const batch = Array.from({ length: 2001 }, (_, index) =>
    event(`big-${index}`, index === 1000 ? { timestamp: 'soon', context: { ip: '1.2.3.4' } } : {}),
  )
  const answer = await ingest.send('/v1/batch', { batch })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    success: true,
    accepted: 2000,
    rejected: [{ index: 1000, path: 'timestamp', message: 'must be an instant, as in 2026-11-11T00:00:00.000Z' }],
  })
  expect(await count(`events WHERE message_id LIKE 'big-%'`)).toBe(2000)
  const [row] = await ingest.ask(
    `SELECT store_id, kind, protocol, code, path, JSONExtractString(payload, 'messageId') AS id, payload LIKE '%1.2.3.4%' AS leaks
     FROM rejected_events WHERE code = 'invalid_time'`,
  )
  expect(row).toEqual({
    store_id: 'main',
    kind: 'event',
    protocol: 'segment',
    code: 'invalid_time',
    path: 'timestamp',
    id: 'big-1000',
    leaks: 0,
  })
})

test('a batch sent again 3 seconds and 2 days later with a new sentAt is there once, as it first arrived', async () => {
  const batch = [
    event('again-1'),
    event('again-2', { event: 'Order Completed', properties: { order_id: 'again', revenue: 9 } }),
  ]
  for (const [now, sentAt] of [
    ['2026-11-11T02:10:00.000Z', '2026-11-11T02:00:00.900Z'],
    ['2026-11-11T02:10:03.000Z', '2026-11-11T02:00:03.963Z'],
    ['2026-11-13T02:10:00.000Z', '2026-11-13T02:07:00.000Z'],
  ] as const) {
    ingest.setNow(now)
    await ingest.send('/v1/batch', { batch, sentAt })
    // Each arrival is a part of its own, as it would be days apart.
    await ingest.ask('SELECT 1')
  }
  const rows = await ingest.ask(
    `SELECT message_id, toString(timestamp) AS sent, toString(occurred_at) AS occurred FROM events FINAL
     WHERE message_id LIKE 'again-%' ORDER BY message_id`,
  )
  const times = { sent: '2026-11-11 02:00:00.000', occurred: '2026-11-11 02:09:59.100' }
  expect(rows).toEqual([
    { message_id: 'again-1', ...times },
    { message_id: 'again-2', ...times },
  ])
  expect(
    await ingest.ask(`SELECT toString(placed_at) AS placed, gross FROM orders_current WHERE order_id = 'again'`),
  ).toEqual([{ placed: '2026-11-11 02:09:59.100', gross: 9 }])
})

test.each([
  ['/v1/track', { event: 'scroll' }, 'scroll'],
  ['/v1/t', { event: 'zoom' }, 'zoom'],
  ['/v1/page', { name: 'Home' }, 'page_view'],
  ['/v1/p', {}, 'page_view'],
  ['/v1/identify', { userId: 'c1' }, 'identify'],
  ['/v1/i', { userId: 'c1' }, 'identify'],
  ['/v1/screen', { name: 'Home' }, 'screen_view'],
  ['/v1/s', {}, 'screen_view'],
  ['/v1/group', { groupId: 'g' }, 'group'],
  ['/v1/g', { groupId: 'g' }, 'group'],
  ['/v1/alias', { previousId: 'v0', userId: 'c1' }, 'alias'],
  ['/v1/a', { previousId: 'v0', userId: 'c1' }, 'alias'],
  ['/v1/b', { batch: [event('short-b', { event: 'short b' })] }, 'short b'],
])('%s takes a message', async (path, sent, name) => {
  const answer = await ingest.send(path, { messageId: `form ${path}`, anonymousId: 'v1', ...sent })
  expect(await answer.json()).toEqual({ success: true, accepted: 1, rejected: [] })
  expect(await count(`events WHERE name = '${name}' AND message_id IN ('form ${path}', 'short-b')`)).toBe(1)
})

test('a beacon is taken: plain text, gzip or not, with the key in its body', async () => {
  const body = JSON.stringify({ writeKey: keys.write, batch: [event('beacon')] })
  const plain = await ingest.send('/v1/batch', body, { key: '', headers: { 'content-type': 'text/plain' } })
  expect(plain.status).toBe(200)
  const packed = await ingest.send('/v1/batch', gzipSync(body), { key: '', headers: { 'content-encoding': 'gzip' } })
  expect(await packed.json()).toEqual({ success: true, accepted: 1, rejected: [] })
})

test('a browser on another host may send, and learns it beforehand', async () => {
  const headers = { origin: 'https://shop.cn', 'access-control-request-method': 'POST' }
  const before = await ingest.app.request('/v1/batch', { method: 'OPTIONS', headers })
  expect(before.status).toBe(204)
  const allowed = before.headers.get('access-control-allow-headers')
  // Segment's library counts its retries in a header: a browser would not send them otherwise.
  for (const header of ['authorization', 'x-retry-count']) expect(allowed).toContain(header)
  const answer = await ingest.send('/v1/batch', { batch: [] }, { headers: { origin: 'https://shop.cn' } })
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.cn')
})

test.each([
  ['not json at all', 400, ''],
  ['{"batch": 5}', 400, 'batch'],
  ['"text"', 400, 'batch'],
])('a batch of %s is unreadable', async (body, status, path) => {
  const answer = await ingest.send('/v1/batch', body)
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({
    type: 'urn:guanlan:problem:unreadable_body',
    title: 'The body cannot be read',
    status,
    errors: [{ path }],
  })
})

test('a body past the bound is refused, packed or not', async () => {
  const long = Buffer.alloc(17 * 1024 * 1024, 0x20)
  expect((await ingest.send('/v1/batch', long)).status).toBe(413)
  expect((await ingest.send('/v1/batch', gzipSync(long), { headers: { 'content-encoding': 'gzip' } })).status).toBe(413)
  expect((await ingest.send('/v1/batch', 'broken', { headers: { 'content-encoding': 'gzip' } })).status).toBe(400)
})

test.each(['constructor', '__proto__', 'tostring', 'gzip, gzip'])('the encoding %s is not known', async (encoding) => {
  for (const path of ['/v1/batch', '/v1/records/orders?store_id=main']) {
    const headers = { 'content-encoding': encoding, 'content-type': 'application/x-ndjson' }
    const answer = await ingest.send(path, '{"batch":[]}', { key: keys.server, headers })
    expect(answer.status).toBe(400)
  }
})

test('NDJSON that is packed wrongly is unreadable, and says how much of it was kept', async () => {
  const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }
  const packed = gzipSync(Array.from({ length: 2000 }, (_, n) => JSON.stringify(order(`torn-${n}`))).join('\n'))
  const path = '/v1/records/orders?store_id=main'
  const torn = await ingest.send(path, packed.subarray(0, packed.length - 20), { key: keys.server, headers })
  expect(torn.status).toBe(400)
  expect(await torn.json()).toMatchObject({ detail: expect.stringMatching(/; \d+ records before it were kept\.$/) })
  expect((await ingest.send(path, 'not gzip', { key: keys.server, headers })).status).toBe(400)
})

test('a batch of too many messages is refused as a whole, and one message without end of nesting alone', async () => {
  const many = await ingest.send('/v1/batch', `{"batch":[${'{},'.repeat(10_000)}{}]}`)
  expect(many.status).toBe(413)
  const deep = `${'['.repeat(1e5)}${']'.repeat(1e5)}`
  const answer = await ingest.send('/v1/batch', `{"batch":[${deep},${JSON.stringify(event('beside-deep'))}]}`)
  expect(await answer.json()).toMatchObject({ accepted: 1, rejected: [{ index: 0, message: 'must be an object' }] })
})

test('orders go in as the ledger’s, and the refused one names its field', async () => {
  const body = [
    order('r1'),
    order('r2', { lines: [{ line_no: 1, sku: 'a', quantity: 1, price: 'free' }] }),
    order('r3', { currency: 'USD' }),
    order('r4', { updated_at: undefined }),
    7,
    order('r5', { gross: 0.1 + 0.2, typo_at: 1 }),
  ]
  const answer = await ingest.send('/v1/records/orders?store_id=main', body, { key: keys.server })
  expect(await answer.json()).toEqual({
    accepted: 2,
    rejected: [
      {
        index: 1,
        path: 'lines[0].price',
        message: 'must be an amount of at most 14 digits before the point, as in 19.90',
      },
      { index: 2, path: 'currency', message: "is USD, the store's currency is CNY" },
      {
        index: 3,
        path: 'updated_at',
        message: 'is required; it must be an instant with a zone, as in 2026-11-11T00:00:00+08:00',
      },
      { index: 4, path: '', message: 'must be an object' },
    ],
    warnings: [
      {
        index: 5,
        path: 'typo_at',
        message: 'is no field of orders and was left out, here and wherever it comes again',
      },
    ],
  })
  expect(
    await ingest.ask(`SELECT order_id, source, gross, currency FROM orders WHERE order_id LIKE 'r%' ORDER BY 1`),
  ).toEqual([
    { order_id: 'r1', source: 'ledger', gross: 10.5, currency: 'CNY' },
    { order_id: 'r5', source: 'ledger', gross: 0.3, currency: 'CNY' },
  ])
})

test('the newest version of an order stands however they arrive, and the ledger before the browser', async () => {
  const send = (body: object) => ingest.send('/v1/records/orders?store_id=main', [body], { key: keys.server })
  await ingest.send('/v1/batch', {
    batch: [event('vp', { event: 'purchase', properties: { order_id: 'versions', value: 5 } })],
  })
  await send(order('versions', { status: 'delivered', updated_at: '2026-11-11T05:00:00Z' }))
  await send(order('versions', { status: 'fulfilled', updated_at: '2026-11-11T04:00:00Z' }))
  expect(await ingest.ask(`SELECT status, source, gross FROM orders_current WHERE order_id = 'versions'`)).toEqual([
    { status: 'delivered', source: 'ledger', gross: 10.5 },
  ])
  expect(await count(`orders FINAL WHERE order_id = 'versions'`)).toBe(2)
})

test('NDJSON is read line by line, packed too, and a broken line stops no other', async () => {
  const lines = [JSON.stringify(order('n1')), '', '{"broken', JSON.stringify(order('n2'))].join('\n')
  const init = { key: keys.server, headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' } }
  const answer = await ingest.send('/v1/records/orders?store_id=main', gzipSync(lines), init)
  expect(await answer.json()).toEqual({
    accepted: 2,
    rejected: [{ index: 1, path: '', message: 'is not JSON' }],
  })
  expect(await count(`orders WHERE order_id IN ('n1', 'n2')`)).toBe(2)
})

const bodies: Record<string, object> = {
  refunds: {
    refund_id: 'f1',
    order_id: 'r1',
    refunded_at: at,
    amount: 5,
    reason: '尺码不合适',
    lines: [{ sku: 'a', quantity: 1, amount: 5 }],
    updated_at: at,
  },
  products: { sku: 'a', name: 'Cup', price: 10, updated_at: at },
  inventory: { sku: 'a', on_hand: 7, updated_at: at },
  spend: { day: '2026-11-11', channel: 'douyin', amount: 100, currency: 'CNY' },
  tickets: { ticket_id: 't1', kind: 'complaint', opened_at: at, updated_at: at },
  reviews: { review_id: 'v1', sku: 'a', rating: 5, body: 'mail me a@b.cn', reviewed_at: at, updated_at: at },
}
test.each(Object.keys(bodies))('%s go in', async (kind) => {
  const path = `/v1/records/${kind}?store_id=main`
  for (let time = 0; time < 2; time++) {
    const answer = await ingest.send(path, [bodies[kind]], { key: keys.server })
    expect(await answer.json()).toEqual({ accepted: 1, rejected: [] })
  }
  expect(await count(`${kind === 'spend' ? 'ad_spend' : kind} FINAL`)).toBe(1)
})

test('a reason in other words is other, and kept; a review loses its address', async () => {
  expect(await ingest.ask('SELECT reason, raw_reason FROM refunds')).toContainEqual({
    reason: 'other',
    raw_reason: '尺码不合适',
  })
  const [review] = await ingest.ask<{ body: string }>('SELECT body FROM reviews')
  expect(review?.body).toMatch(/^mail me hmac_[0-9a-f]{32}$/)
})

test('an unknown kind is answered with the kinds that there are', async () => {
  const answer = await ingest.send('/v1/records/wishes?store_id=main', [], { key: keys.server })
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({
    detail:
      'There are records of these kinds: orders, refunds, products, inventory, spend, tickets, reviews, campaigns, targets.',
  })
})

test('the Measurement Protocol is taken, and the same event twice is one', async () => {
  const path = `/mp/collect?measurement_id=G-1&api_secret=${keys.write}`
  const body = {
    client_id: 'ga.1',
    timestamp_micros: Date.parse(at) * 1000,
    events: [
      {
        name: 'purchase',
        params: {
          transaction_id: 'ga-order',
          value: 30,
          currency: 'CNY',
          session_id: 99,
          page_location: 'https://shop.cn/thanks',
          items: [{ item_id: 'a', item_name: 'Cup', price: 15, quantity: 2 }],
        },
      },
    ],
  }
  for (let time = 0; time < 2; time++) expect((await ingest.send(path, body, { key: '' })).status).toBe(204)
  const rows = await ingest.ask(
    `SELECT visitor_id, session_id, path, order_id, sku, value, protocol, toString(occurred_at) AS at FROM events FINAL WHERE protocol = 'ga4'`,
  )
  expect(rows).toEqual([
    {
      visitor_id: 'ga.1',
      session_id: '99',
      path: '/thanks',
      order_id: 'ga-order',
      sku: 'a',
      value: 30,
      protocol: 'ga4',
      at: '2026-11-11 02:00:00.000',
    },
  ])
  expect(
    await ingest.ask(`SELECT gross, lines.quantity AS quantities FROM orders_current WHERE order_id = 'ga-order'`),
  ).toEqual([{ gross: 30, quantities: [2] }])
  const bad = await ingest.send(path, { client_id: 'x', events: [{ name: '' }] }, { key: '' })
  expect(bad.status).toBe(200)
  expect(await bad.json()).toMatchObject({ accepted: 0, rejected: [{ index: 0, path: 'event' }] })
})

test('what a Measurement Protocol request tells twice happened twice, however often the request comes; an app is a visitor', async () => {
  const path = `/mp/collect?firebase_app_id=1:2:web&api_secret=${keys.write}`
  const add = { name: 'add_to_cart', params: { items: [{ item_id: 'twice' }] } }
  const body = { app_instance_id: 'app.1', timestamp_micros: Date.parse(at) * 1000, events: [add, add] }
  for (let time = 0; time < 2; time++) expect((await ingest.send(path, body, { key: '' })).status).toBe(204)
  expect(await count(`events FINAL WHERE sku = 'twice' AND visitor_id = 'app.1'`)).toBe(2)
})

test('what is measured can be asked for, without a key in it', async () => {
  const text = await (await ingest.app.request('/metrics')).text()
  expect(text).toMatch(/guanlan_ingest_accepted_total\{store="main",kind="event"\} \d{4}/)
  expect(text).toMatch(/guanlan_ingest_rejected_total\{store="main",kind="event",reason="invalid_time"\} 1/)
  expect(text).not.toContain(keys.write)
  expect(await (await ingest.app.request('/readyz')).json()).toMatchObject({ status: 'ready', clickhouse: 'reachable' })
  expect((await ingest.app.request('/healthz')).status).toBe(200)
})

test('JSON that ClickHouse might stumble over goes in', async () => {
  const batch = [
    { 'a.b': 1, a: { b: 2 } },
    { lone: '\ud800 half', null: null, list: [1, 'x', { y: [] }, [null]] },
    { a: 'was a number' },
    { a: [{ b: 1 }, 2] },
    { 'a[]': 1, '`': 2, '"': 3, '.': 4, ' ': { '\udc00': '😀'.slice(1) }, '%2E': 5, '[]': [] },
    { big: 1e300, neg: -0, text: 'zero\u0000byte', '': 'empty key', Ａ: 1 },
  ].map((properties, index) => event(`odd-${index}`, { properties }))
  expect(await (await ingest.send('/v1/batch', { batch })).json()).toMatchObject({ accepted: 6 })
  expect(await count(`events WHERE message_id LIKE 'odd-%'`)).toBe(6)
})
