import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import type { RecentEventsRequest } from './contract.ts'
import { runRecentEvents } from './run-recent-events.ts'

const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const now = new Date('2026-11-11T12:00:00Z')
let opened: Awaited<ReturnType<typeof openTestWarehouse>>

/** Today, at an hour and a minute in UTC, as ClickHouse writes it. */
const at = (time: string) => `2026-11-11 ${time}:00.000`

const event = (message_id: string, name: string, time: string, more: object = {}) => ({
  ...{ store_id: 's', message_id, name, visitor_id: 'v1', protocol: 'segment', channel: 'douyin', device: 'phone' },
  ...{ timestamp: at(time), occurred_at: at(time), received_at: at(time), inserted_at: at(time) },
  ...more,
})
const rejected = (rejected_id: string, time: string, more: object = {}) => ({
  ...{ store_id: 's', rejected_id, received_at: at(time), inserted_at: at(time), kind: 'event', protocol: 'segment' },
  ...{
    code: 'invalid_amount',
    path: 'properties.price',
    message: 'must be an amount',
    payload: '{"event":"add_to_cart"}',
  },
  ...more,
})

beforeAll(async () => {
  opened = await openTestWarehouse()
  const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
  await insert('events', [
    event('e1', 'page_view', '11:10'),
    event('e2', 'purchase', '11:30', {
      ...{ visitor_id: 'v2', customer_id: 'c2', order_id: 'o2', protocol: 'ga4', value: 12.5 },
      ...{ timestamp: at('11:20'), is_bot: true, bot_reasons: ['webdriver'], properties: { coupon: 'x' } },
    }),
    event('old', 'page_view', '08:00'),
    event('older', 'page_view', '08:00', {
      received_at: '2026-11-03 12:00:00.000',
      inserted_at: '2026-11-03 12:00:00.000',
    }),
    { ...event('foreign', 'page_view', '11:50'), store_id: 'another' },
  ])
  await insert('events', [event('e1', 'page_view', '11:10')])
  const order = { store_id: 's', order_id: 'o9', customer_id: 'c9', status: 'paid', placed_at: at('11:00') }
  const times = { updated_at: at('11:40'), received_at: at('11:40'), inserted_at: at('11:40') }
  await insert('orders', [
    { ...order, ...times, source: 'ledger', gross: '99.5' },
    { ...order, ...times, source: 'event' },
  ])
  await insert('inventory', [
    { store_id: 's', sku: 'cup', location: 'sh', on_hand: 3, ...times, received_at: at('11:41') },
  ])
  await insert('rejected_events', [
    rejected('r1', '11:35'),
    rejected('r2', '11:45', {
      kind: 'ad_spend',
      protocol: 'records',
      code: 'refused_by_warehouse',
      path: '',
      payload: '{}',
    }),
  ])
  const session = { store_id: 's', visitor_id: 'v1', session_id: 'visit', channel: 'search', events: 2 }
  await insert('sessions', [
    { ...session, started_at: at('11:00'), ended_at: at('11:10'), version: at('11:15'), is_deleted: 0 },
  ])
})
afterAll(() => opened.close())

const ask = (request: Partial<RecentEventsRequest> = {}) =>
  runRecentEvents(opened.warehouse, store, { store_id: 's', ...request }, {}, now)
const ids = async (request: Partial<RecentEventsRequest>) => (await ask(request)).results.map(({ id }) => id)

test('events, records and what was rejected stand in the order in which they arrived, each event once', async () => {
  expect(await ids({})).toEqual(['r2', 'cup @ sh', 'o9', 'r1', 'e2', 'e1', 'old'])
})

test('an event is told with how it was understood', async () => {
  const { results } = await ask({ name: 'purchase' })
  expect(results).toMatchObject([
    {
      ...{ id: 'e2', status: 'accepted', kind: 'event', protocol: 'ga4', name: 'purchase', code: '' },
      ...{ received_at: '2026-11-11T11:30:00.000Z', visitor_id: 'v2', customer_id: 'c2', order_id: 'o2' },
      payload: '{"coupon":"x"}',
      understood: {
        ...{ timestamp: '2026-11-11T11:20:00.000Z', occurred_at: '2026-11-11T11:30:00.000Z', value: 12.5 },
        ...{ channel: 'douyin', device: 'phone', is_bot: true, bot_reasons: ['webdriver'], session: null },
      },
    },
  ])
  const [viewed] = (await ask({ search: 'e1' })).results
  expect(viewed?.understood?.session).toEqual({
    ...{ session_id: 'visit', started_at: '2026-11-11T11:00:00.000Z', channel: 'search', campaign: '', events: 2 },
  })
})

test('a record is told as it is kept, without what the table adds', async () => {
  const [order] = (await ask({ kind: 'orders' })).results
  expect(order).toMatchObject({ id: 'o9', protocol: 'records', customer_id: 'c9', order_id: 'o9', understood: null })
  const kept = JSON.parse(order?.payload ?? '')
  expect([kept.status, kept.gross, 'version' in kept, 'store_id' in kept]).toEqual([...['paid', 99.5, false, false]])
})

test('what was rejected is told with its reason', async () => {
  expect((await ask({ status: 'rejected', code: 'invalid_amount' })).results).toMatchObject([
    {
      id: 'r1',
      status: 'rejected',
      name: 'add_to_cart',
      path: 'properties.price',
      message: 'must be an amount',
      understood: null,
    },
  ])
  expect(await ids({ kind: 'spend' })).toEqual(['r2'])
})

test.each([
  [{ status: 'accepted' }, ['cup @ sh', 'o9', 'e2', 'e1', 'old']],
  [{ protocol: 'ga4' }, ['e2']],
  [{ protocol: 'records' }, ['r2', 'cup @ sh', 'o9']],
  [{ kind: 'event', status: 'accepted' }, ['e2', 'e1', 'old']],
  [{ code: 'invalid_amount' }, ['r1']],
  [{ name: 'add_to_cart' }, ['r1']],
  [{ search: 'v2' }, ['e2']],
  [{ search: 'o9' }, ['o9']],
  [{ search: 'nobody' }, []],
] as const)('%o narrows it', async (request, expected) => {
  expect(await ids(request)).toEqual(expected)
})

test('pages follow each other without a gap or a repetition, and end a week before', async () => {
  const pages: string[][] = []
  let before: string | undefined
  do {
    const { results, meta } = await ask({ status: 'accepted', limit: 2, ...(before && { before }) })
    pages.push(results.map(({ id }) => id))
    before = meta.next ?? undefined
  } while (before)
  // The second copy of e1 begins a page of its own: tables merge when they like.
  expect([...new Set(pages.flat())]).toEqual(['cup @ sh', 'o9', 'e2', 'e1', 'old'])
  expect(pages.every((page) => page.length <= 2)).toBe(true)
})

test('a request with another word, or a cursor that is none, is refused', async () => {
  await expect(ask({ status: 'lost' as never })).rejects.toThrow()
  await expect(ask({ before: 'yesterday' })).rejects.toThrow('meta.next')
})
