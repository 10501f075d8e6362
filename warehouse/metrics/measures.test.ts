import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { salesFacts, salesMeasures, sessionFacts, sessionMeasures, trafficFacts, trafficMeasures } from './measures.ts'
import { asked } from './span.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })

const finished = (raw: string) => raw.replace('uniqExactStateIf(', 'uniqExactIf(')

async function measure(measures: Record<string, { raw: string }>, facts: string, by: string) {
  const selected = Object.entries(measures).map(([name, { raw }]) => `${finished(raw)} AS ${name}`)
  const answer = await opened.warehouse.query({
    query: `SELECT ${by} AS slice, ${selected.join(', ')} FROM ${facts} GROUP BY slice ORDER BY slice`,
    query_params: { store_id: 's', from: '2026-11-01 00:00:00.000', to: '2026-11-02 00:00:00.000' },
    format: 'JSONEachRow',
  })
  return answer.json<Record<string, unknown>>()
}

const event = (at: string, values: object) => ({
  store_id: 's',
  message_id: at,
  name: 'page_view',
  timestamp: at,
  occurred_at: at,
  received_at: at,
  visitor_id: 'v1',
  ...values,
})

test('an event takes the channel of its session, else its own, else direct; bots stand apart', async () => {
  await insert('events', [
    event('2026-11-01 10:00:00.000', {}),
    event('2026-11-01 10:29:00.000', { channel: 'ads' }),
    event('2026-11-01 12:00:00.000', { channel: 'content' }),
    event('2026-11-01 13:00:00.000', { visitor_id: 'v2' }),
    event('2026-11-01 13:01:00.000', { visitor_id: 'v3', is_bot: true }),
    event('2026-11-02 00:00:00.000', {}),
  ])
  await insert('sessions', [
    {
      store_id: 's',
      visitor_id: 'v1',
      started_at: '2026-11-01 10:00:00.000',
      session_id: 'one',
      ended_at: '2026-11-01 10:29:00.000',
      events: 2,
      pageviews: 2,
      channel: 'search',
      version: 1,
    },
  ])
  const rows = await measure(trafficMeasures, trafficFacts(), 'channel')
  expect(rows.map(({ slice, events, visitors, bot_events }) => [slice, events, visitors, bot_events])).toEqual([
    ['content', 1, 1, 0],
    ['direct', 1, 1, 1],
    ['search', 2, 1, 0],
  ])
  expect(await measure(sessionMeasures, sessionFacts(), 'channel')).toEqual([
    { slice: 'search', sessions: 1, bounces: 0, session_seconds: 1740 },
  ])
})

test('where the sender’s sessions are trusted, an event belongs to the one it names', async () => {
  const at = '2026-11-01 20:00:00.000'
  await insert('events', [
    event('2026-11-01 20:01:00.000', { visitor_id: 'v9', session_id: 'tab-1' }),
    event('2026-11-01 20:02:00.000', { visitor_id: 'v9', session_id: 'tab-2' }),
    event('2026-11-01 20:03:00.000', { visitor_id: 'v9', session_id: 'tab-1' }),
  ])
  const session = { store_id: 's', visitor_id: 'v9', ended_at: '2026-11-01 20:03:00.000', version: 1 }
  await insert('sessions', [
    { ...session, started_at: at, session_id: 'tab-1', sender_session_id: 'tab-1', channel: 'email' },
    {
      ...session,
      started_at: '2026-11-01 20:02:00.000',
      session_id: 'tab-2',
      sender_session_id: 'tab-2',
      channel: 'sms',
    },
  ])
  const rows = await measure(trafficMeasures, `(SELECT * FROM ${trafficFacts()} WHERE visitor_id = 'v9')`, 'channel')
  expect(rows.map(({ slice, events }) => [slice, events])).toEqual([
    ['email', 2],
    ['sms', 1],
  ])
})

test('an order of two sources is one order, the ledger’s, even when the two disagree about the day', async () => {
  const order = (order_id: string, values: object) => ({
    store_id: 's',
    order_id,
    source: 'ledger',
    status: 'paid',
    placed_at: '2026-11-01 09:00:00.000',
    paid_at: '2026-11-01 09:01:00.000',
    updated_at: '2026-11-01 09:01:00.000',
    content_hash: 1,
    gross: '10.5',
    ...values,
  })
  await insert('orders', [
    order('both', { customer_id: 'c1', gross: '20' }),
    order('both', { source: 'event', visitor_id: 'v1', gross: '21' }),
    order('moved', { customer_id: 'c2', placed_at: '2026-10-31 09:00:00.000' }),
    order('moved', { source: 'event', visitor_id: 'v2' }),
    order('browser', { source: 'event', visitor_id: 'v3' }),
    order('nobody', {
      visitor_id: 'v4',
      'lines.line_no': [1, 2],
      'lines.sku': ['a', 'b'],
      'lines.name': ['', ''],
      'lines.category': ['', ''],
      'lines.quantity': [2, 3],
      'lines.price': [1, 1],
      'lines.discount': [0, 0],
    }),
    order('unpaid', { customer_id: 'c3', paid_at: null }),
    order('brushed', { customer_id: 'c1' }),
  ])
  await insert('order_attribution', [
    {
      store_id: 's',
      order_id: 'brushed',
      placed_at: '2026-11-01 09:00:00.000',
      channel: 'ads',
      suspicions: ['same address'],
    },
  ])
  expect(await measure(salesMeasures, salesFacts(), 'channel')).toEqual([
    {
      slice: 'ads',
      orders: 1,
      paid_orders: 1,
      units: 0,
      gmv: 10.5,
      paid_gmv: 10.5,
      clean_gmv: 0,
      buyers: 1,
      anonymous_paid_orders: 0,
    },
    {
      slice: 'unattributed',
      orders: 4,
      paid_orders: 3,
      units: 5,
      gmv: 51.5,
      paid_gmv: 41,
      clean_gmv: 41,
      buyers: 2,
      anonymous_paid_orders: 1,
    },
  ])
  const [wide, narrow] = [salesFacts({ spans: [asked], wide: true }), salesFacts({ spans: [asked] })]
  expect(wide).not.toBe(narrow)
  expect(await measure(salesMeasures, wide, 'channel')).toEqual(await measure(salesMeasures, narrow, 'channel'))
  const named = salesFacts({ ids: `SELECT 'moved'` })
  expect(await measure(salesMeasures, named, 'toString(placed_at)')).toMatchObject([
    { slice: '2026-10-31 09:00:00.000', orders: 1 },
  ])
})
