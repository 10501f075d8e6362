import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { readClock } from './execute.ts'
import { catchUpAttribution } from './recompute-attribution.ts'
import { catchUpSessions } from './recompute-sessions.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const hold = async () => {}
const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })

let count = 0
const event = (store_id: string, at: string, values: object) => {
  count += 1
  const message_id = String(count)
  return { store_id, message_id, name: 'page_view', timestamp: at, occurred_at: at, received_at: at, ...values }
}
const order = (store_id: string, order_id: string, at: string, values: object = {}) => {
  count += 1
  const times = { placed_at: at, updated_at: `2026-11-20 00:00:00.${String(count).padStart(3, '0')}`, received_at: at }
  return { store_id, order_id, source: 'ledger', status: 'paid', ...times, content_hash: count, ...values }
}

async function catchUp(store_id: string) {
  const did = { sessions: 0, attributions: 0 }
  const now = await readClock(opened.warehouse)
  await catchUpSessions(opened.warehouse, { store_id, mode: 'gap', now, hold, did })
  await catchUpAttribution(opened.warehouse, { store_id, hold, did })
  return did.attributions
}

async function attribution(store_id: string, columns: string) {
  const answer = await opened.warehouse.query({
    query: `SELECT order_id, ${columns} FROM order_attribution FINAL WHERE store_id = {store_id:String} ORDER BY order_id`,
    query_params: { store_id },
    format: 'JSONCompactEachRow',
  })
  return answer.json<unknown[]>()
}

/** The quarters marked because of what changed. */
const touched = async (store_id: string) => {
  const answer = await opened.warehouse.query({
    query: `SELECT DISTINCT toString(arrayJoin(quarters)) AS quarter FROM attribution_changes WHERE store_id = {store_id:String} ORDER BY quarter`,
    query_params: { store_id },
    format: 'JSONCompactEachRow',
  })
  return (await answer.json<[string]>()).map(([quarter]) => quarter)
}

test('an order belongs to the last non-direct session of the 30 days before it, both ends included', async () => {
  await insert('events', [
    event('model', '2026-10-01 10:00:00.000', { visitor_id: 'v', channel: 'ads', campaign: '618', device: 'phone' }),
    event('model', '2026-10-20 10:00:00.000', { visitor_id: 'v', device: 'desktop' }),
    event('model', '2026-10-31 10:00:00.000', { visitor_id: 'w' }),
  ])
  await insert('orders', [
    order('model', 'a within', '2026-10-31 10:00:00.000', { visitor_id: 'v' }),
    order('model', 'b beyond', '2026-10-31 10:00:00.001', { visitor_id: 'v' }),
    order('model', 'c before', '2026-10-01 09:59:59.999', { visitor_id: 'v' }),
    order('model', 'd direct', '2026-10-31 10:00:00.000', { visitor_id: 'w' }),
    order('model', 'e given', '2026-10-31 10:00:00.000', { visitor_id: 'v', channel: 'live', campaign: '11.11' }),
    order('model', 'f nobody', '2026-10-31 10:00:00.000'),
  ])
  expect(await catchUp('model')).toBe(6)
  expect(await attribution('model', 'model, channel, campaign, device')).toEqual([
    ['a within', 'last_non_direct_30d', 'ads', '618', 'desktop'],
    ['b beyond', 'last_non_direct_30d', 'direct', '', 'desktop'],
    ['c before', 'none', 'unattributed', '', ''],
    ['d direct', 'last_non_direct_30d', 'direct', '', ''],
    ['e given', 'given', 'live', '11.11', 'desktop'],
    ['f nobody', 'none', 'unattributed', '', ''],
  ])
  expect(await catchUp('model')).toBe(0)
})

test('a ledger order takes visitor and session from its purchase event, whichever comes first', async () => {
  await insert('events', [event('ledger', '2026-11-01 10:00:00.000', { visitor_id: 'v', channel: 'search' })])
  await insert('orders', [order('ledger', 'o', '2026-11-01 10:20:00.000', { customer_id: 'c' })])
  await catchUp('ledger')
  const columns = 'channel, visitor_id, session_id, toString(placed_at)'
  expect(await attribution('ledger', columns)).toEqual([['o', 'unattributed', '', '', '2026-11-01 10:20:00.000']])
  await insert('orders', [
    order('ledger', 'o', '2026-11-01 10:21:00.000', { source: 'event', visitor_id: 'v', session_id: 's' }),
  ])
  await catchUp('ledger')
  expect(await attribution('ledger', columns)).toEqual([['o', 'search', 'v', 's', '2026-11-01 10:20:00.000']])
  expect(await touched('ledger')).toEqual(['2026-11-01 10:15:00'])
})

test('a late event that gives the session an origin moves the orders after it', async () => {
  await insert('events', [event('late', '2026-11-01 10:10:00.000', { visitor_id: 'v' })])
  await insert('orders', [order('late', 'o', '2026-11-03 10:00:00.000', { visitor_id: 'v' })])
  await catchUp('late')
  expect(await attribution('late', 'channel')).toEqual([['o', 'direct']])
  await insert('events', [event('late', '2026-11-01 10:00:00.000', { visitor_id: 'v', channel: 'email' })])
  expect(await catchUp('late')).toBe(1)
  expect(await attribution('late', 'channel')).toEqual([['o', 'email']])
  expect(await touched('late')).toEqual(['2026-11-03 10:00:00'])
})

test('an order that moves to another day marks the quarter that it leaves and the one that it enters', async () => {
  await insert('orders', [order('moves', 'o', '2026-11-01 10:00:00.000')])
  await catchUp('moves')
  await insert('orders', [order('moves', 'o', '2026-11-05 12:40:00.000')])
  await catchUp('moves')
  expect(await touched('moves')).toEqual(['2026-11-01 10:00:00', '2026-11-05 12:30:00'])
})

test('ten orders of a customer within an hour are suspect, both ends included, and no longer when one moves away', async () => {
  const at = (i: number) => `2026-11-01 10:${String(i * 6).padStart(2, '0')}:00.000`
  // 9:00, then nine from 10:00 to 10:48 every six minutes, and 11:00: ten of them within [10:00, 11:00].
  const burst = Array.from({ length: 9 }, (_, i) => order('burst', `b${i}`, at(i), { customer_id: 'c' }))
  await insert('orders', [order('burst', 'a', '2026-11-01 09:00:00.000', { customer_id: 'c' }), ...burst])
  await catchUp('burst')
  const suspect = async () =>
    (await attribution('burst', 'suspicions')).filter((row) => String(row[1]) !== '').map(([id]) => id)
  expect(await suspect()).toEqual([])
  await insert('orders', [order('burst', 'c', '2026-11-01 11:00:00.000', { customer_id: 'c' })])
  await catchUp('burst')
  expect(await suspect()).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8', 'c'])
  await insert('orders', [order('burst', 'b4', at(4), { customer_id: 'other' })])
  await catchUp('burst')
  expect(await suspect()).toEqual([])
})

test('orders of a bot’s visitor and ten orders from one browser within an hour are suspect', async () => {
  await insert('events', [event('bots', '2026-11-01 10:00:00.000', { visitor_id: 'v', is_bot: true })])
  await insert('orders', [
    order('bots', 'bot', '2026-11-02 10:00:00.000', { visitor_id: 'v' }),
    ...Array.from({ length: 10 }, (_, i) =>
      order('bots', `k${i}`, `2026-11-02 12:0${i}:00.000`, { visitor_id: 'w', customer_id: `c${i}` }),
    ),
  ])
  await catchUp('bots')
  const rows = await attribution('bots', 'suspicions')
  expect(rows[0]).toEqual(['bot', ['bot_visitor']])
  expect(rows.slice(1).map((row) => row[1])).toEqual(Array(10).fill(['visitor_burst']))
})
