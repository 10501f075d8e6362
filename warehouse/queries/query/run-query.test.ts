import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import type { QueryRequest } from './request.ts'
import { runQuery } from './run-query.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const query = (request: Partial<QueryRequest> & { metrics: QueryRequest['metrics'] }) =>
  runQuery(opened.warehouse, store, { store_id: 's', date_range: ['2026-11-10', '2026-11-12'], ...request })
const results = async (request: Parameters<typeof query>[0]) =>
  (await query(request)).results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])

const event = (message_id: string, at: string, values: object = {}) => ({
  store_id: 's',
  message_id,
  name: 'page_view',
  timestamp: at,
  occurred_at: at,
  received_at: at,
  visitor_id: 'v1',
  ...values,
})
const order = (order_id: string, placed_at: string, values: object = {}) => ({
  store_id: 's',
  order_id,
  source: 'ledger',
  status: 'paid',
  customer_id: 'c1',
  placed_at,
  paid_at: placed_at,
  updated_at: placed_at,
  content_hash: 1,
  gross: '100',
  ...values,
})
const lines = (...all: [sku: string, category: string, quantity: number, price: number][]) => ({
  'lines.line_no': all.map((_, at) => at + 1),
  'lines.sku': all.map(([sku]) => sku),
  'lines.name': all.map(([sku]) => sku),
  'lines.category': all.map(([, category]) => category),
  'lines.quantity': all.map(([, , quantity]) => quantity),
  'lines.price': all.map(([, , , price]) => price),
  'lines.discount': all.map(() => 0),
})

beforeAll(async () => {
  opened = await openTestWarehouse()
  const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
  await insert('events', [
    // 2026-11-10 begins at 16:00 UTC of the 9th in Shanghai.
    event('a', '2026-11-09 15:59:59.999'),
    event('b', '2026-11-09 16:00:00.000'),
    event('c', '2026-11-10 02:00:00.000', { visitor_id: 'v2', name: 'view_item', sku: 'tea', category: 'drinks' }),
    event('d', '2026-11-10 16:00:00.000', { visitor_id: 'v2', path: '/Home' }),
    event('e', '2026-11-10 17:00:00.000', { visitor_id: 'v3', is_bot: true }),
  ])
  await insert('orders', [
    order('o1', '2026-11-10 01:00:00.000', { gross: '100.1234', ...lines(['tea', 'drinks', 2, 40], ['cup', 'ware', 1, 20.1234]), province: 'Zhejiang' }),
    order('o2', '2026-11-10 02:00:00.000', { customer_id: 'c2', paid_at: null, status: 'pending', gross: '7', ...lines(['tea', 'drinks', 1, 7]) }),
    order('o3', '2026-11-10 20:00:00.000', { customer_id: '', gross: '30', ...lines(['cup', 'ware', 3, 10]) }),
    order('o4', '2026-11-10 20:30:00.000', { status: 'cancelled', paid_at: null, gross: '5', ...lines(['cup', 'ware', 1, 5]) }),
    order('other', '2026-11-10 20:30:00.000', { store_id: 'another' }),
  ]) // biome-ignore format: a row a line
  await insert('refunds', [
    { store_id: 's', refund_id: 'r1', order_id: 'o1', refunded_at: '2026-11-11 10:00:00.000', amount: '20.1234', reason: 'quality', updated_at: 0, 'lines.line_no': [2], 'lines.sku': ['cup'], 'lines.quantity': [1], 'lines.amount': ['20.1234'] },
    { store_id: 's', refund_id: 'r2', order_id: '', refunded_at: '2026-11-11 11:00:00.000', amount: '3', updated_at: 0 },
  ]) // biome-ignore format: a row a line
  await insert('ad_spend', [
    { store_id: 's', day: '2026-11-11', channel: 'ads', campaign: '', amount: '50', clicks: 10, updated_at: 0 },
  ])
})
afterAll(() => opened.close())

test('totals of a period are of the store’s days, and a ratio without a denominator is null', async () => {
  const { results, meta } = await query({
    metrics: ['visitors', 'pageviews', 'bot_events', 'orders', 'paid_orders', 'units', 'gmv', 'paid_gmv', 'unpaid_gmv', 'cancelled_gmv', 'buyers', 'anonymous_paid_orders', 'aov', 'conversion_rate', 'bounce_rate', 'net_sales', 'refunds', 'unlinked_refunds', 'return_rate', 'return_rate_by_value', 'ad_spend'],
    as_of: '2026-11-20T00:00:00Z',
  }) // biome-ignore format: a list of metrics
  expect(results).toEqual([
    { dimensions: [], metrics: [2, 2, 1, 4, 2, 8, 142.1234, 130.1234, 7, 5, 1, 1, 65.0617, 0.5, null, 107, 2, 1, 0.5, 20.1234 / 130.1234, 50] },
  ]) // biome-ignore format: one row
  expect(meta).toMatchObject({ from: '2026-11-10T00:00:00+08:00', to: '2026-11-12T00:00:00+08:00', currency: 'CNY' })
  expect(meta.matured_before).toBe('2026-10-21T08:00:00+08:00')
})

test('empty buckets are there, with zeros and nulls', async () => {
  expect(
    await results({ metrics: ['gmv', 'visitors', 'conversion_rate'], dimensions: ['time:day'], date_range: ['2026-11-09', '2026-11-13'] }),
  ).toEqual([
    ['2026-11-09', 0, 1, 0],
    ['2026-11-10', 107.1234, 2, 0.5],
    ['2026-11-11', 35, 1, 0],
    ['2026-11-12', 0, 0, null],
  ]) // biome-ignore format: a row a line
  const hours = await results({
    metrics: ['orders'],
    grain: 'hour',
    date_range: ['2026-11-10T08:00:00+08:00', '2026-11-10T11:00:00+08:00'],
  })
  expect(hours).toEqual([
    ['2026-11-10T08:00:00+08:00', 0],
    ['2026-11-10T09:00:00+08:00', 1],
    ['2026-11-10T10:00:00+08:00', 1],
  ])
})

test('by product, money is of the lines and an order counts once for each product in it', async () => {
  expect(
    await results({ metrics: ['gmv', 'orders', 'units', 'refund_amount', 'product_views', 'return_rate'], dimensions: ['product'], as_of: '2026-11-20T00:00:00Z' }),
  ).toEqual([
    ['tea', 87, 2, 3, 0, 1, 0],
    ['cup', 55.1234, 3, 5, 20.1234, 0, 0.5],
    ['', 0, 0, 0, 3, 0, null],
  ]) // biome-ignore format: a row a line
})

test('filters nest, and their values are never text of the query', async () => {
  const orders = async (filters: QueryRequest['filters']) =>
    (await results({ metrics: ['orders'], filters: filters ?? [] }))[0]?.[0]
  expect(await orders([['is', 'status', ['paid', 'pending']]])).toBe(3)
  expect(await orders([['is_not', 'status', ['paid']]])).toBe(2)
  expect(
    await orders([
      [
        'or',
        [
          ['is', 'province', ['Zhejiang']],
          ['not', ['contains', 'status', ['PAI', 'pend']]],
        ],
      ],
    ]),
  ).toBe(2)
  expect(await orders([['matches', 'status', ['^p.*d$']]])).toBe(2)
  expect(await orders([['is', 'province', ["' OR 1=1 --"]]])).toBe(0)
  await expect(orders([['matches', 'status', ['(']]])).rejects.toThrow(/not a regular expression/)
})

test('what a metric’s facts do not know is refused by name', async () => {
  await expect(query({ metrics: ['conversion_rate'], dimensions: ['province'] })).rejects.toMatchObject({
    name: 'QueryError',
    code: 'not_available',
    field: 'dimensions',
    message: 'conversion_rate cannot be asked of province: its facts do not know it.',
  })
  await expect(query({ metrics: ['gmv'], filters: [['is', 'path', ['/']]] })).rejects.toMatchObject({
    field: 'filters',
  })
  await expect(query({ metrics: ['ad_spend'], grain: 'hour' })).rejects.toThrow(/by the day/)
  await expect(query({ metrics: ['gmv'], date_range: ['2026-11-12', '2026-11-12'] })).rejects.toThrow(/must end after/)
  await expect(query({ metrics: ['gmv'], order_by: [['aov', 'desc']] })).rejects.toThrow(/neither a metric nor/)
})

test('a comparison stands beside each bucket and each slice', async () => {
  const daily = await query({
    metrics: ['visitors'],
    grain: 'day',
    date_range: ['2026-11-11', '2026-11-12'],
    compare: 'previous_period',
  })
  expect(daily.results).toEqual([{ dimensions: ['2026-11-11'], metrics: [1], comparison: [2] }])
  expect(daily.meta.comparison).toEqual({ from: '2026-11-10T00:00:00+08:00', to: '2026-11-11T00:00:00+08:00' })
  const sliced = await query({
    metrics: ['orders'],
    dimensions: ['status'],
    date_range: ['2026-11-11', '2026-11-12'],
    compare: ['2026-11-10', '2026-11-11'],
  })
  expect(sliced.results).toEqual([
    { dimensions: ['cancelled'], metrics: [1], comparison: [0] },
    { dimensions: ['paid'], metrics: [1], comparison: [1] },
    // Of the 10th alone: what is gone is not left out.
    { dimensions: ['pending'], metrics: [0], comparison: [1] },
  ])
  const one = await query({
    metrics: ['orders', 'aov'],
    dimensions: ['status'],
    date_range: ['2026-11-12', '2026-11-13'],
    compare: ['2026-11-10', '2026-11-11'],
    limit: 1,
  })
  expect(one.results).toEqual([{ dimensions: ['paid'], metrics: [0, null], comparison: [1, 100.1234] }])
  expect(one.meta.truncated).toBe(true)
})

test('hours of a promotion have those of another beside them, each from its own start', async () => {
  // 09:00 sold 100.1234 and 10:00 sold 7 on the 10th; 04:00 of the 11th sold 35.
  const hours = await query({
    metrics: ['gmv'],
    grain: 'hour',
    date_range: ['2026-11-11T03:00:00+08:00', '2026-11-11T06:00:00+08:00'],
    compare: ['2026-11-10T08:00:00+08:00', '2026-11-10T11:00:00+08:00'],
  })
  expect(hours.results.map(({ metrics, comparison }) => [metrics[0], comparison?.[0]])).toEqual([
    [0, 0],
    [35, 100.1234],
    [0, 7],
  ])
})

test('an order told without lines is of no product, and a quantity out of all proportion breaks nothing', async () => {
  await opened.warehouse.insert({
    table: 'orders',
    format: 'JSONEachRow',
    values: [
      order('bare', '2026-12-01 01:00:00.000', { gross: '12.5' }),
      order('huge', '2026-12-01 02:00:00.000', { gross: '1', ...lines(['tea', 'drinks', 9_999_999_999, 1_000_000]) }),
    ],
  })
  const december = { date_range: ['2026-12-01', '2026-12-02'] as [string, string] }
  expect(await results({ metrics: ['gmv', 'orders', 'units'], dimensions: ['product'], ...december })).toEqual([
    ['tea', 9_999_999_999_000_000, 1, 9_999_999_999],
    ['', 12.5, 1, 0],
  ])
})

test('what would keep the server busy for nothing is refused', async () => {
  await expect(query({ metrics: ['gmv'], date_range: ['1500-01-01', '2500-01-01'] })).rejects.toMatchObject({
    name: 'QueryError',
    code: 'invalid_period',
  })
  type One = NonNullable<QueryRequest['filters']>[number]
  const nested = (depth: number): One => (depth === 0 ? ['is', 'status', ['paid']] : ['not', nested(depth - 1)])
  expect(await results({ metrics: ['orders'], filters: [nested(12)] })).toEqual([[2]])
  await expect(query({ metrics: ['orders'], filters: [nested(3000)] })).rejects.toThrow(/nest at most 12 deep/)
  const many: One = ['and', Array.from({ length: 50 }, () => nested(0))]
  await expect(query({ metrics: ['orders'], filters: [many, many, many, many, many] })).rejects.toThrow(/at most 200/)
  await expect(
    query({ metrics: ['orders'], grain: 'minute', compare: ['2000-01-01', '2020-01-01'] }),
  ).rejects.toMatchObject({ code: 'too_many_buckets' })
})

test('spend counts whole days only, and every number made of it says so', async () => {
  const { meta } = await query({
    metrics: ['roas'],
    date_range: ['2026-11-10T00:00:00+08:00', '2026-11-11T12:00:00+08:00'],
  })
  expect(meta.warnings).toMatchObject([{ code: 'spend_by_day' }])
})

test('a day by the minute is not cut', async () => {
  const { results, meta } = await query({
    metrics: ['events'],
    grain: 'minute',
    date_range: ['2026-11-10', '2026-11-11'],
  })
  expect(results).toHaveLength(1440)
  expect(meta.truncated).toBe(false)
})

test('five minutes are five whole minutes, a visitor counting once in them, also where the period begins within', async () => {
  expect(
    await results({
      metrics: ['orders', 'visitors'],
      grain: 'five_minutes',
      date_range: ['2026-11-10T09:58:00+08:00', '2026-11-10T10:07:00+08:00'],
      compare: ['2026-11-09T23:58:00+08:00', '2026-11-10T00:07:00+08:00'],
    }),
  ).toEqual([
    ['2026-11-10T09:55:00+08:00', 0, 0],
    ['2026-11-10T10:00:00+08:00', 1, 1],
    ['2026-11-10T10:05:00+08:00', 0, 0],
  ])
})

test('a limit cuts and says so', async () => {
  const answer = await query({ metrics: ['gmv'], dimensions: ['product'], limit: 1, order_by: [['gmv', 'asc']] })
  expect(answer.results.map(({ dimensions }) => dimensions)).toEqual([['cup']])
  expect(answer.meta.truncated).toBe(true)
})
