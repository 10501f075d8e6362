import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { runGmvFactors } from './gmv-factors/run-gmv-factors.ts'
import { runProducts } from './products/run-products.ts'
import { runQuery } from './query/run-query.ts'
import { runReturns } from './returns/run-returns.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }

const event = (message_id: string, at: string, visitor_id: string, name: string, sku: string) => ({
  store_id: 's', message_id, name, timestamp: at, occurred_at: at, received_at: at, visitor_id, sku,
}) // biome-ignore format: one row
const order = (order_id: string, placed_at: string, skus: Record<string, [quantity: number, price: number]>, values: object = {}) => {
  const lines = Object.entries(skus)
  return {
    store_id: 's',
    order_id,
    source: 'ledger',
    status: 'completed',
    customer_id: `c-${order_id}`,
    placed_at,
    paid_at: placed_at,
    updated_at: placed_at,
    gross: String(lines.reduce((sum, [, [quantity, price]]) => sum + quantity * price, 0)),
    channel: 'tmall',
    'lines.line_no': lines.map((_, at) => at + 1),
    'lines.sku': lines.map(([sku]) => sku),
    'lines.name': lines.map(([sku]) => `The ${sku}`),
    'lines.category': lines.map(([sku]) => `${sku}s`),
    'lines.quantity': lines.map(([, [quantity]]) => quantity),
    'lines.price': lines.map(([, [, price]]) => price),
    'lines.discount': lines.map(() => 0),
    ...values,
  }
} // biome-ignore format: arguments
const refund = (refund_id: string, order_id: string, refunded_at: string, amount: number, reason: string, lines: [string, number][] = []) => ({
  store_id: 's',
  refund_id,
  order_id,
  refunded_at,
  amount: String(amount),
  reason,
  updated_at: refunded_at,
  'lines.line_no': lines.map((_, at) => at + 1),
  'lines.sku': lines.map(([sku]) => sku),
  'lines.quantity': lines.map(() => 1),
  'lines.amount': lines.map(([, money]) => money),
}) // biome-ignore format: arguments

beforeAll(async () => {
  opened = await openTestWarehouse()
  const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
  await insert('events', [
    event('1', '2026-10-01 02:00:00.000', 'v1', 'view_item', 'tea'),
    event('2', '2026-10-01 02:01:00.000', 'v2', 'view_item', 'tea'),
    event('3', '2026-10-01 02:02:00.000', 'v2', 'add_to_cart', 'tea'),
    event('4', '2026-11-01 02:00:00.000', 'v3', 'view_item', 'cup'),
  ])
  await insert('orders', [
    order('old', '2026-10-01 03:00:00.000', { tea: [2, 50] }),
    order('kept', '2026-10-01 04:00:00.000', { cup: [1, 60] }),
    order('new', '2026-11-01 03:00:00.000', { tea: [1, 50], cup: [1, 60] }),
    order('open', '2026-11-01 05:00:00.000', { tea: [1, 50] }, { paid_at: null, status: 'pending' }),
  ])
  await insert('refunds', [
    refund('r1', 'old', '2026-11-01 06:00:00.000', 50, 'quality'),
    refund('r2', 'new', '2026-11-02 06:00:00.000', 60, 'size', [['cup', 60]]),
    refund('r3', '', '2026-11-02 07:00:00.000', 9, 'quality'),
    // Told before the order was placed, as clocks may have it; of an order never paid; and after as_of.
    refund('r4', 'kept', '2026-09-30 07:00:00.000', 5, 'size'),
    refund('r5', 'open', '2026-11-02 07:00:00.000', 1, 'size'),
    refund('r6', 'kept', '2026-11-25 07:00:00.000', 1, 'late'),
  ])
  await insert('products', [{ store_id: 's', sku: 'tea', name: 'Green tea', updated_at: 0 }])
})
afterAll(() => opened.close())

const asked = { store_id: 's', from: '2026-10-01', to: '2026-11-03', as_of: '2026-11-10T00:00:00+08:00' }

test('linked rates are by the day of placement and ripen; refunds are by the day they are given', async () => {
  const { total, days, meta } = await runReturns(opened.warehouse, store, asked)
  expect(total).toMatchObject({
    paid_orders: 3,
    returned_orders: 3,
    return_rate: 1,
    paid_gmv: 270,
    returned_amount: 115,
    refunds: 4,
    refund_amount: 120,
    unlinked_refunds: 1,
    unlinked_share: 0.25,
    matured: { paid_orders: 2, returned_orders: 2, paid_gmv: 160, returned_amount: 55, return_rate_by_value: 55 / 160 },
  })
  expect(days.filter(({ paid_orders, refunds }) => paid_orders + refunds > 0)).toMatchObject([
    { day: '2026-10-01', matured: true, paid_orders: 2, returned_orders: 2, refunds: 0, refund_rate: 0 },
    { day: '2026-11-01', matured: false, paid_orders: 1, returned_orders: 1, refunds: 1, refund_rate: 1 },
    {
      day: '2026-11-02',
      matured: false,
      paid_orders: 0,
      returned_orders: 0,
      return_rate: null,
      refunds: 3,
      refund_rate: null,
    },
  ])
  expect(days.find(({ matured }) => !matured)?.day).toBe('2026-10-11')
  expect(meta.matured_before).toBe('2026-10-11T00:00:00+08:00')
})

test('a day is matured so many days after it, and the days are adjustable', async () => {
  const { days } = await runReturns(opened.warehouse, store, { ...asked, maturity_days: 8 })
  expect(days.find(({ matured }) => !matured)?.day).toBe('2026-11-02')
})

test('returns have reasons, and products of their lines', async () => {
  const by = async (slice: 'reason' | 'product' | 'channel') =>
    (await runReturns(opened.warehouse, store, { ...asked, by: slice })).results.map(
      ({ value, returned_orders, returned_amount, paid_orders, refunds }) => [value, returned_orders, returned_amount, paid_orders, refunds],
    ) // biome-ignore format: one row
  expect(await by('reason')).toEqual([
    ['size', 2, 65, null, 2],
    ['quality', 1, 50, null, 2],
  ])
  // A refund without lines is of its order's only product.
  expect(await by('product')).toEqual([
    ['cup', 2, 65, 2, 1],
    ['tea', 1, 50, 2, 2],
    ['', 0, 0, 0, 1],
  ])
  expect(await by('channel')).toEqual([
    ['tmall', 3, 115, 3, 3],
    ['unattributed', 0, 0, 0, 1],
  ])
})

test('a condition on the reason holds for what came back, and leaves the orders placed as they are', async () => {
  const { total, days, results } = await runReturns(opened.warehouse, store, {
    ...asked,
    by: 'product',
    filters: [['is', 'reason', ['size']]],
  })
  // Of 3 paid orders, kept and new came back for their size: 5 + 60 of 270.
  expect(total).toMatchObject({
    paid_orders: 3,
    returned_orders: 2,
    return_rate: 2 / 3,
    returned_amount: 65,
    refunds: 2,
  })
  expect(total.return_rate_by_value).toBe(65 / 270)
  expect(days.find(({ day }) => day === '2026-10-01')).toMatchObject({
    paid_orders: 2,
    returned_orders: 1,
    return_rate: 0.5,
  })
  expect(results).toEqual([
    { value: 'cup', name: 'The cup', returned_orders: 2, returned_amount: 65, share: 1, paid_orders: 2, return_rate: 1, refunds: 1, refund_amount: 60 },
    { value: 'tea', name: 'Green tea', returned_orders: 0, returned_amount: 0, share: 0, paid_orders: 2, return_rate: 0, refunds: 1, refund_amount: 1 },
  ]) // biome-ignore format: a row a line
})

test('what the fresh days will lose yet is what the matured ones lost of their value, less what came back already', async () => {
  const { total } = await runReturns(opened.warehouse, store, asked)
  expect(total.fresh).toMatchObject({ paid_orders: 1, returned_orders: 1, paid_gmv: 110, returned_amount: 60 })
  // 55 ÷ 160 × 110 = 37.8125, and 60 have come back already.
  expect(total.still_to_come).toBe(0)
  const early = await runReturns(opened.warehouse, store, { ...asked, as_of: '2026-11-02T00:00:00+08:00' })
  // Of 160 matured 55 came back, and nothing yet of the 110 of 1 November.
  expect(early.total).toMatchObject({ fresh: { paid_gmv: 110, returned_amount: 0 }, still_to_come: 37.8125 })
})

test('refunds of products add up to all refunds: what lines leave over is of no product', async () => {
  const values = [{ ...refund('freight', 'new', '2026-12-02 06:00:00.000', 70, 'size', [['cup', 60]]) }]
  await opened.warehouse.insert({ table: 'refunds', format: 'JSONEachRow', values })
  const { results } = await runQuery(opened.warehouse, store, {
    store_id: 's',
    metrics: ['refund_amount', 'refunds'],
    dimensions: ['product'],
    date_range: ['2026-12-01', '2026-12-03'],
  })
  expect(results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual([
    ['cup', 60, 1],
    ['', 10, 1],
  ])
})

test('each product has its own orders, however many products there are', async () => {
  const shop = { ...store, store_id: 'many' }
  const goods = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`p${at}`, [1, 1] as [number, number]]))
  await opened.warehouse.insert({
    table: 'orders',
    format: 'JSONEachRow',
    values: [
      order('a', '2026-10-01 03:00:00.000', goods, { store_id: 'many' }),
      order('b', '2026-10-01 04:00:00.000', goods, { store_id: 'many' }),
      order('c', '2026-10-01 05:00:00.000', { rare: [1, 90] }, { store_id: 'many' }),
    ],
  })
  await opened.warehouse.insert({
    table: 'refunds',
    format: 'JSONEachRow',
    values: [{ ...refund('r', 'c', '2026-10-02 05:00:00.000', 90, 'size'), store_id: 'many' }],
  })
  const { results } = await runReturns(opened.warehouse, shop, { ...asked, store_id: 'many', by: 'product' })
  expect(results).toEqual([
    { value: 'rare', name: 'The rare', returned_orders: 1, returned_amount: 90, share: 1, paid_orders: 1, return_rate: 1, refunds: 1, refund_amount: 90 },
  ]) // biome-ignore format: one row
})

test('a product has its views, carts, sales and returns, and a name', async () => {
  const { results } = await runProducts(opened.warehouse, store, asked)
  expect(results.filter(({ value }) => value)).toEqual([
    { value: 'tea', name: 'Green tea', visitors: 2, product_views: 2, add_to_carts: 1, buyers: 2, orders: 3, units: 4, gmv: 200, paid_gmv: 150, refunds: 2, refund_amount: 51, conversion_rate: 1, return_rate: 0.5 },
    { value: 'cup', name: 'The cup', visitors: 1, product_views: 1, add_to_carts: 0, buyers: 2, orders: 2, units: 2, gmv: 120, paid_gmv: 120, refunds: 1, refund_amount: 60, conversion_rate: 2, return_rate: 1 },
  ]) // biome-ignore format: a row a line
})

test('more buyers than visitors is flagged, not clipped', async () => {
  const { results, meta } = await runQuery(opened.warehouse, store, {
    store_id: 's',
    metrics: ['conversion_rate'],
    dimensions: ['product'],
    date_range: ['2026-10-01', '2026-11-03'],
    filters: [['is', 'product', ['cup']]],
  })
  expect(results).toEqual([{ dimensions: ['cup'], metrics: [2] }])
  expect(meta.warnings).toMatchObject([{ code: 'conversion_over_100_percent' }])
})

test('the change of paid GMV is explained to the last hundredth, and gross leads to net', async () => {
  const answer = await runGmvFactors(opened.warehouse, store, {
    store_id: 's',
    date_range: ['2026-11-01', '2026-11-03'],
    compare: ['2026-10-01', '2026-10-03'],
  })
  // 2 visitors, 2 buyers, 80 each → 1 visitor, 1 buyer, 110: L(110, 160) = −50 / ln(110/160) = 133.4424.
  expect(answer.paid_gmv).toEqual({ value: 110, compared: 160, change: -50 })
  expect(answer.factors).toEqual([
    { name: 'visitors', value: 1, compared: 2, contribution: -92.4952 },
    { name: 'conversion_rate', value: 1, compared: 1, contribution: 0 },
    { name: 'spend_per_buyer', value: 110, compared: 80, contribution: 42.4952 },
  ])
  expect(answer.bridge.map(({ name, value, compared }) => [name, value, compared])).toEqual([
    ['gmv', 160, 160],
    ['unpaid_gmv', 50, 0],
    ['cancelled_gmv', 0, 0],
    ['paid_gmv', 110, 160],
    ['refund_amount', 120, 0],
    ['net_sales', -10, 160],
  ])
})
