import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { readClock } from './execute.ts'
import { catchUpSessions } from './recompute-sessions.ts'
import type { SessionMode } from './touched-visitors.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

let count = 0
/** Events as [time on 2026-11-01 or instant, what differs from a page view of visitor v]. */
const arrive = (store_id: string, events: [string, object?][]) =>
  opened.warehouse.insert({
    table: 'events',
    format: 'JSONEachRow',
    values: events.map(([at, values]) => {
      count += 1
      const occurred_at = at.length > 12 ? at : `2026-11-01 ${at}`
      const event = { store_id, name: 'page_view', visitor_id: 'v', timestamp: occurred_at, occurred_at }
      return { ...event, received_at: occurred_at, message_id: String(count).padStart(6, '0'), ...values }
    }),
  })

/** How many session rows changed. */
async function catchUp(store_id: string, mode: SessionMode = 'gap') {
  const did = { sessions: 0 }
  const now = await readClock(opened.warehouse)
  await catchUpSessions(opened.warehouse, { store_id, mode, now, hold: async () => {}, did })
  return did.sessions
}

async function sessions(store_id: string, columns = 'events') {
  const answer = await opened.warehouse.query({
    query: `SELECT visitor_id, toString(started_at) AS start, toString(ended_at) AS end, ${columns}
      FROM sessions FINAL WHERE store_id = {store_id:String} ORDER BY started_at, visitor_id, session_id`,
    query_params: { store_id },
    format: 'JSONCompactEachRow',
  })
  return answer.json<unknown[]>()
}

/** The quarters marked because of what changed. */
const touched = async (store_id: string) => {
  const answer = await opened.warehouse.query({
    query: `SELECT DISTINCT toString(arrayJoin(quarters)) AS quarter FROM session_changes WHERE store_id = {store_id:String} ORDER BY quarter`,
    query_params: { store_id },
    format: 'JSONCompactEachRow',
  })
  return (await answer.json<[string]>()).map(([quarter]) => quarter.slice(11, 16))
}

const day = '2026-11-01'

test('a pause of thirty minutes exactly ends a session, one millisecond less does not', async () => {
  await arrive('gap', [
    ['10:00:00.000'],
    ['10:29:59.999'],
    ['10:59:59.999'],
    ['10:00:00.000', { visitor_id: 'w' }],
    ['10:30:00.000', { visitor_id: 'w' }],
  ])
  expect(await catchUp('gap')).toBe(4)
  expect(await sessions('gap')).toEqual([
    ['v', `${day} 10:00:00.000`, `${day} 10:29:59.999`, 2],
    ['w', `${day} 10:00:00.000`, `${day} 10:00:00.000`, 1],
    ['w', `${day} 10:30:00.000`, `${day} 10:30:00.000`, 1],
    ['v', `${day} 10:59:59.999`, `${day} 10:59:59.999`, 1],
  ])
  expect(await catchUp('gap')).toBe(0)
})

test('a late event between two sessions merges them, and the second leaves its quarters marked', async () => {
  await arrive('late', [['10:00:00.000'], ['10:50:00.000', { channel: 'ads' }], ['11:10:00.000']])
  await catchUp('late')
  expect(await sessions('late', 'events, channel')).toEqual([
    ['v', `${day} 10:00:00.000`, `${day} 10:00:00.000`, 1, 'direct'],
    ['v', `${day} 10:50:00.000`, `${day} 11:10:00.000`, 2, 'ads'],
  ])
  expect(await touched('late')).toEqual([])
  await arrive('late', [['10:25:00.000']])
  expect(await catchUp('late')).toBe(2)
  expect(await sessions('late', 'events, channel')).toEqual([
    ['v', `${day} 10:00:00.000`, `${day} 11:10:00.000`, 4, 'ads'],
  ])
  expect(await touched('late')).toEqual(['10:00', '10:15', '10:30', '10:45', '11:00'])
})

test('a session that only lasts longer marks the quarter in which it began', async () => {
  await arrive('longer', [['10:00:00.000'], ['10:20:00.000']])
  await catchUp('longer')
  await arrive('longer', [['10:40:00.000']])
  await catchUp('longer')
  expect(await sessions('longer')).toEqual([['v', `${day} 10:00:00.000`, `${day} 10:40:00.000`, 3]])
  expect(await touched('longer')).toEqual(['10:00'])
})

test('midnight does not end a session', async () => {
  await arrive('night', [
    ['2026-11-01 15:50:00.000'],
    ['2026-11-01 16:10:00.000'],
    ['2026-11-01 23:50:00.000'],
    ['2026-11-02 00:10:00.000'],
  ])
  await catchUp('night')
  expect(await sessions('night')).toEqual([
    ['v', `${day} 15:50:00.000`, `${day} 16:10:00.000`, 2],
    ['v', `${day} 23:50:00.000`, '2026-11-02 00:10:00.000', 2],
  ])
})

test('a session takes its origin from the first event that tells one, its pages from the first and the last', async () => {
  await arrive('origin', [
    ['10:00:00.000', { path: '/', device: 'phone', referrer: 'r' }],
    ['10:01:00.000', { path: '/a', channel: 'ads', campaign: '618', source: 's', medium: 'm', customer_id: 'c' }],
    ['10:02:00.000', { path: '/b', channel: 'search', name: 'view_item', is_bot: true }],
  ])
  await catchUp('origin')
  const columns =
    'events, pageviews, entry_path, exit_path, referrer, channel, source, medium, campaign, device, customer_id, is_bot'
  expect((await sessions('origin', columns))[0]?.slice(3)).toEqual([
    3,
    2,
    '/',
    '/b',
    'r',
    'ads',
    's',
    'm',
    '618',
    'phone',
    'c',
    true,
  ])
})

test('who makes no pause for a whole day begins a new session at its end, however the events arrive', async () => {
  // Every 20 minutes from 1 November 10:00 to 4 November 10:00.
  const start = Date.parse('2026-11-01T10:00:00Z')
  const times = Array.from({ length: 217 }, (_, i) =>
    new Date(start + i * 1_200_000).toISOString().replace('T', ' ').slice(0, 23),
  )
  const expected = [
    ['v', `${day} 10:00:00.000`, '2026-11-02 23:40:00.000', 114, false],
    ['v', '2026-11-03 00:00:00.000', '2026-11-03 23:40:00.000', 72, true],
    ['v', '2026-11-04 00:00:00.000', '2026-11-04 10:00:00.000', 31, true],
  ]
  await arrive(
    'bot',
    times.map((at) => [at]),
  )
  await catchUp('bot')
  expect(await sessions('bot', 'events, is_continued')).toEqual(expected)
  for (let i = 0; i < times.length; i += 31) {
    await arrive(
      'slow bot',
      times.slice(i, i + 31).map((at) => [at]),
    )
    await catchUp('slow bot')
  }
  expect(await sessions('slow bot', 'events, is_continued')).toEqual(expected)
})

test('a trusted sender’s session ids make the sessions, the pause those of events without one', async () => {
  await arrive('trusted', [
    ['10:00:00.000', { session_id: 'a' }],
    ['12:00:00.000', { session_id: 'a' }],
    ['12:01:00.000', { session_id: 'b' }],
    ['12:02:00.000'],
    ['13:00:00.000'],
  ])
  await catchUp('trusted', 'sender')
  expect(await sessions('trusted', 'events, sender_session_id')).toEqual([
    ['v', `${day} 10:00:00.000`, `${day} 12:00:00.000`, 2, 'a'],
    ['v', `${day} 12:01:00.000`, `${day} 12:01:00.000`, 1, 'b'],
    ['v', `${day} 12:02:00.000`, `${day} 12:02:00.000`, 1, ''],
    ['v', `${day} 13:00:00.000`, `${day} 13:00:00.000`, 1, ''],
  ])
  await arrive('trusted', [['09:00:00.000', { session_id: 'a' }]])
  await catchUp('trusted', 'sender')
  expect((await sessions('trusted', 'events, sender_session_id'))[0]).toEqual([
    'v',
    `${day} 09:00:00.000`,
    `${day} 12:00:00.000`,
    3,
    'a',
  ])
})

test('a store that ceases to trust its sender gets other sessions for all its events', async () => {
  await arrive('ceases', [
    ['10:00:00.000', { session_id: 'a' }],
    ['10:01:00.000', { session_id: 'b' }],
  ])
  await catchUp('ceases', 'sender')
  expect(await sessions('ceases')).toHaveLength(2)
  await catchUp('ceases', 'gap')
  expect(await sessions('ceases', 'events, sender_session_id')).toEqual([
    ['v', `${day} 10:00:00.000`, `${day} 10:01:00.000`, 2, ''],
  ])
  await catchUp('ceases', 'sender')
  expect(await sessions('ceases')).toHaveLength(2)
})

test('events without a visitor make no session, and a message that arrives twice counts once', async () => {
  await arrive('once', [
    ['10:00:00.000', { visitor_id: '' }],
    ['10:00:00.000', { message_id: 'm' }],
  ])
  await arrive('once', [
    [
      '10:00:00.000',
      { message_id: 'm', received_at: '2026-11-03 10:00:00.000', occurred_at: '2026-11-01 10:05:00.000' },
    ],
  ])
  await catchUp('once')
  expect(await sessions('once')).toEqual([['v', `${day} 10:00:00.000`, `${day} 10:00:00.000`, 1]])
})

test('load times that are told when a page is left make no session, lengthen none, and are no second event of one', async () => {
  await arrive('left', [['10:00:00.000'], ['10:20:00.000', { name: 'web_vitals' }]])
  await arrive('left', [['12:00:00.000', { name: 'web_vitals' }]])
  await catchUp('left')
  expect(await sessions('left', 'events, pageviews')).toEqual([
    ['v', `${day} 10:00:00.000`, `${day} 10:00:00.000`, 1, 1],
  ])
})

test('more events in ten seconds than a step takes are worked in once, and the catch-up ends', async () => {
  for (const part of [0, 1, 2]) {
    await opened.warehouse.command({
      query: `
        INSERT INTO events (store_id, message_id, name, visitor_id, timestamp, occurred_at, received_at)
        SELECT 'many', concat(toString({part:UInt8}), ' ', toString(number)), 'page_view', toString(number % 100), at, at, at
        FROM (SELECT number, toDateTime64('2026-11-01 00:00:00', 3, 'UTC') + number % 600 AS at FROM numbers(150000))`,
      query_params: { part },
    })
  }
  await catchUp('many')
  expect(await sessions('many', 'events')).toHaveLength(100)
  expect((await sessions('many', 'events')).reduce((sum: number, row) => sum + Number(row[3]), 0)).toBe(450_000)
})
