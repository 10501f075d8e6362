import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { compareRollups } from './compare-rollups.ts'
import { compareSessions } from './compare-sessions.ts'
import { rollupLag } from './due-buckets.ts'
import { recomputeStore } from './recompute-store.ts'
import { letTimePass, settle } from './testing.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

/** mulberry32: the same numbers from the same seed. */
function randomFrom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

class Crash extends Error {}

const insert = (table: string, values: object[]) =>
  values.length === 0 ? undefined : opened.warehouse.insert({ table, values, format: 'JSONEachRow' })

// Three days around the change of summer time in Berlin, within the last 35 days of when this was written and of no
// other time: the rollups are compared by this file's own SQL besides.
const start = Date.parse('2026-10-24T12:00:00Z')
const text = (ms: number) => new Date(ms).toISOString().replace('T', ' ').slice(0, 23)

function facts(random: (below: number) => number, store_id: string, round: number) {
  const at = () => text(start + random(72 * 3600) * 1000)
  const pick = (values: string[]) => values[random(values.length)] as string
  const events = Array.from({ length: random(60) }, (_, i) => {
    const time = at()
    const times = { timestamp: time, occurred_at: time, received_at: text(start + round * 1000) }
    return {
      ...{ store_id, ...times, message_id: `${round}-${i}`, visitor_id: `v${random(6)}`, is_bot: random(15) === 0 },
      ...{ name: pick(['page_view', 'view_item', 'add_to_cart']), channel: pick(['', '', 'ads', 'email']) },
      ...{ campaign: pick(['', '618']), device: pick(['phone', 'desktop']), path: pick(['/', '/a']) },
    }
  })
  const orders = Array.from({ length: random(12) }, (_, i) => {
    const time = at()
    const customer_id = pick(['', 'c1', 'c2', 'c3'])
    return {
      ...{ store_id, order_id: `o${random(25)}`, source: pick(['ledger', 'ledger', 'event']), customer_id },
      ...{ status: pick(['paid', 'pending', 'cancelled']), placed_at: time, paid_at: random(3) ? time : null },
      ...{ visitor_id: pick(['', 'v1', 'v2']), channel: pick(['', '', 'live']), province: pick(['', '北京']) },
      ...{ gross: random(100_000) / 100, received_at: time, updated_at: text(start + random(50) * 1000) },
      content_hash: round * 100 + i,
    }
  })
  return { events, orders }
}

/** Days and money by this file's own SQL: of the rollups, and of raw facts. */
async function totals(store_id: string) {
  const newest = (table: string) => `store_id = {store_id:String} AND (day, version) IN (
    SELECT day, max(version) FROM ${table} WHERE store_id = {store_id:String} GROUP BY day)`
  const ask = async (query: string) => {
    const answer = await opened.warehouse.query({ query, query_params: { store_id }, format: 'JSONCompactEachRow' })
    return answer.json<unknown[]>()
  }
  return {
    rollup: [
      await ask(`SELECT toString(day), sum(events), uniqExactMerge(visitors), sum(sessions) FROM traffic_per_day
        WHERE ${newest('traffic_per_day')} GROUP BY day HAVING sum(events) > 0 ORDER BY day`),
      await ask(`SELECT toString(day), sum(orders), toString(sum(gmv)), toString(sum(paid_gmv)) FROM sales_per_day
        WHERE ${newest('sales_per_day')} GROUP BY day HAVING sum(orders) > 0 ORDER BY day`),
    ],
    raw: [
      await ask(`SELECT toString(day), sum(events), uniqExactIf(visitor_id, kind = 0), countIf(kind = 1) FROM (
          SELECT toDate(occurred_at, 'Europe/Berlin') AS day, visitor_id, 0 AS kind, 1 AS events FROM events FINAL WHERE store_id = {store_id:String} AND NOT is_bot
          UNION ALL
          SELECT toDate(started_at, 'Europe/Berlin') AS day, '' AS visitor_id, 1 AS kind, 0 AS events FROM sessions FINAL WHERE store_id = {store_id:String} AND NOT is_bot)
        GROUP BY day HAVING sum(events) > 0 ORDER BY day`),
      await ask(`SELECT toString(toDate(placed_at, 'Europe/Berlin')) AS day, count(), toString(sum(gross)), toString(sumIf(gross, isNotNull(paid_at)))
        FROM orders_current WHERE store_id = {store_id:String} GROUP BY day ORDER BY day`),
    ],
  }
}

/** Sessions counted from events by a pause of 30 minutes, in JavaScript. */
async function countSessions(store_id: string): Promise<number> {
  const answer = await opened.warehouse.query({
    query: `SELECT visitor_id, toUnixTimestamp64Milli(occurred_at) AS at FROM events FINAL WHERE store_id = {store_id:String} ORDER BY visitor_id, at`,
    query_params: { store_id },
    format: 'JSONCompactEachRow',
  })
  const rows = await answer.json<[string, number]>()
  return rows.filter(([visitor, at], i) => rows[i - 1]?.[0] !== visitor || at - (rows[i - 1]?.[1] ?? 0) >= 1_800_000)
    .length
}

const count = async (query: string, store_id: string) => {
  const answer = await opened.warehouse.query({ query, query_params: { store_id }, format: 'JSONEachRow' })
  return (await answer.json<{ n: number }>())[0]?.n
}

test.each([1, 2, 3])(
  'whatever arrives, in whatever order, and wherever the work is cut off, every rollup equals raw in the end (seed %i)',
  async (seed) => {
    const random = randomFrom(seed)
    const store_id = `random${seed}`
    const value = JSON.stringify({ name: store_id, time_zone: 'Europe/Berlin', currency: 'EUR' })
    const setting = { store_id, kind: 'store', id: store_id, version: 1, value, actor: 'test', at: text(start) }
    await insert('settings', [setting])
    const sent: ReturnType<typeof facts>['events'] = []
    for (let round = 0; round < 8; round += 1) {
      const { events, orders } = facts(random, store_id, round)
      // Now and then a message is sent again with another time, later: the first copy counts.
      const again = sent
        .filter(() => random(20) === 0)
        .map((event) => ({ ...event, received_at: text(start + 1e9), occurred_at: text(start) }))
      sent.push(...events)
      await insert('events', [...events, ...again])
      await insert('orders', orders)
      if (random(2) === 0) await letTimePass(opened.warehouse)
      let steps = random(14)
      const crash = async () => {
        steps -= 1
        if (steps < 0) throw new Crash()
      }
      await recomputeStore(opened.warehouse, store_id, crash).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error
      })
    }
    await settle(opened.warehouse, store_id)
    const { rollup, raw } = await totals(store_id)
    expect(rollup).toEqual(raw)
    expect(rollup[0]?.length).toBeGreaterThan(2)
    expect(await count('SELECT count() AS n FROM sessions FINAL WHERE store_id = {store_id:String}', store_id)).toBe(
      await countSessions(store_id),
    )
    const zoned = { store_id, time_zone: 'Europe/Berlin' }
    expect(await rollupLag(opened.warehouse, zoned)).toMatchObject([{ bad_buckets: 0 }])
    expect(await compareRollups(opened.warehouse, zoned, async () => {}, { days: 36_500 })).toEqual([])
    expect(await compareSessions(opened.warehouse, { store_id, mode: 'gap' }, async () => {})).toBe(0)
  },
  180_000,
)
