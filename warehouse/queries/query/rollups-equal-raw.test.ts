import { DateTime } from 'luxon'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settle } from '../../rollups/testing.ts'
import { openTestWarehouse } from '../../testing.ts'
import { toParam } from '../period.ts'
import type { Store } from '../store.ts'
import type { QueryRequest } from './request.ts'
import { runQuery } from './run-query.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })

/** Chance that is the same each time. */
function chance(seed: number) {
  let state = seed
  const below = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T
  const some = <T>(all: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: 1 + below(most) }, () => pick(all))),
  ]
  return { below, pick, some }
}

const days = 5
type Chance = ReturnType<typeof chance>

function facts(store: Store, first: DateTime, { below, pick }: Chance, tag: string) {
  const moment = () => toParam(first.plus({ milliseconds: below(days * 86_400_000) }))
  const events = Array.from({ length: 120 }, (_, at) => {
    const timestamp = moment()
    return {
      store_id: store.store_id,
      message_id: `${tag}${at}`,
      name: pick(['page_view', 'view_item', 'add_to_cart', 'begin_checkout']),
      timestamp,
      occurred_at: timestamp,
      received_at: timestamp,
      visitor_id: pick(['', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6']),
      channel: pick(['', '', 'douyin', 'wecom']),
      campaign: pick(['', '618']),
      device: pick(['phone', 'desktop']),
      is_bot: below(10) === 0,
    }
  })
  const orders = Array.from({ length: 40 }, (_, at) => {
    const placed_at = moment()
    return {
      store_id: store.store_id,
      // Some are versions of others: they move to another day, channel and status.
      order_id: `o${below(60)}`,
      source: pick(['ledger', 'ledger', 'event']),
      status: pick(['pending', 'paid', 'cancelled', 'unfulfillable']),
      type: pick(['normal', 'presale']),
      placed_at,
      paid_at: below(3) === 0 ? null : placed_at,
      updated_at: `2026-11-${tag === 'a' ? '01' : '02'} 00:00:00.${String(at).padStart(3, '0')}`,
      content_hash: below(1e9),
      customer_id: pick(['', 'c1', 'c2', 'c3']),
      visitor_id: pick(['', 'v1', 'v2', 'v3']),
      channel: pick(['', '', 'tmall']),
      province: pick(['Zhejiang', 'Hubei']),
      gross: `${below(1000)}.${below(10_000)}`,
    }
  })
  return { events, orders }
}

const traffic = ['visitors', 'sessions', 'pageviews', 'events', 'product_views', 'add_to_carts', 'bot_events', 'bounce_rate', 'session_duration', 'cart_rate'] as const // biome-ignore format: a list
const sales = ['orders', 'counted_orders', 'paid_orders', 'units', 'gmv', 'paid_gmv', 'unpaid_gmv', 'cancelled_gmv', 'clean_gmv', 'buyers', 'anonymous_share', 'aov', 'spend_per_buyer', 'net_sales'] as const // biome-ignore format: a list

function randomRequest({ below, pick, some }: Chance, store: Store, first: DateTime): QueryRequest {
  const from = first.plus({ days: below(days) })
  const to = from.plus({ days: 1 + below(days) })
  const cut = (at: DateTime) =>
    below(3) === 0 ? (at.plus({ minutes: below(600) }).toISO() ?? '') : (at.toISODate() ?? '')
  const grain = pick([undefined, undefined, 'minute', 'five_minutes', 'hour', 'day', 'week', 'month'] as const)
  const both = below(2) === 0
  const ofBoth = ['channel', 'channel_group', 'campaign', 'device'] as const
  const metrics = both ? [...some(traffic, 4), ...some(sales, 4)] : some(pick([traffic, sales]), 6)
  const onlySales = metrics.every((name) => (sales as readonly string[]).includes(name))
  const slices = onlySales ? ([...ofBoth, 'status', 'province', 'order_type'] as const) : ofBoth
  return {
    store_id: store.store_id,
    metrics,
    dimensions: below(2) === 0 ? some(slices, 2) : [],
    filters:
      below(3) === 0
        ? [[pick(['is', 'is_not'] as const), pick(slices), ['douyin', 'phone', 'paid', 'direct', 'private']]]
        : [],
    date_range: [cut(from), cut(to)],
    ...(grain && { grain }),
    ...(below(4) === 0 && { compare: 'previous_period' as const }),
    limit: 10_000,
  }
}

async function compare(store: Store, first: DateTime, random: Chance, times: number) {
  const read = { raw: 0, rollups: 0, both: 0 }
  for (let turn = 0; turn < times; turn += 1) {
    const request = randomRequest(random, store, first)
    const [fast, raw] = await Promise.all([
      runQuery(opened.warehouse, store, request),
      runQuery(opened.warehouse, store, request, { useRollups: false }),
    ])
    expect(fast.results, JSON.stringify(request)).toEqual(raw.results)

    expect(raw.meta.read).toBe('raw')
    read[fast.meta.read] += 1
  }
  return read.rollups + read.both
}

const makeStore = (store: Store, version = 1) =>
  insert('settings', [
    {
      store_id: store.store_id,
      kind: 'store',
      id: store.store_id,
      version,
      value: JSON.stringify({ name: 'x', time_zone: store.time_zone, currency: 'CNY' }),
      actor: 'test',
      at: '2026-01-01 00:00:00.000',
    },
  ])

const shops: [string, string, DateTime][] = [
  ['recent days in a zone of half hours', 'Asia/Kolkata', DateTime.now().setZone('Asia/Kolkata').startOf('day').minus({ days: 6 })],
  ['days around a clock change', 'Europe/Berlin', DateTime.fromISO('2026-10-23', { zone: 'Europe/Berlin' })],
] // biome-ignore format: a shop a line

test.each(shops)(
  'whatever is asked, rollups answer as raw facts do: %s',
  { timeout: 240_000 },
  async (_, time_zone, first) => {
    const store = { store_id: time_zone.toLowerCase().replace('/', '-'), time_zone, currency: 'CNY' }
    const random = chance(7)
    await makeStore(store)
    const { events, orders } = facts(store, first, random, 'a')
    await insert('events', events)
    await insert('orders', orders)
    expect(await compare(store, first, random, 3)).toBe(0)

    await settle(opened.warehouse, store.store_id)
    const settled = await compare(store, first, random, 10)
    expect(settled).toBeGreaterThan(0)

    // Some buckets are no longer good: late events, orders that move away and leave their old keys behind.
    const late = facts(store, first, random, 'b')
    await insert('events', late.events.slice(0, 4))
    await insert('orders', late.orders.slice(0, 4))
    const dirty = await compare(store, first, random, 10)
    expect(dirty).toBeGreaterThan(0)

    await settle(opened.warehouse, store.store_id)
    expect(await compare(store, first, random, 6)).toBeGreaterThan(0)

    // The store moves: the rollups of its old zone are there still, and are nobody's.
    const moved = { ...store, time_zone: 'America/Los_Angeles' }
    await makeStore(moved, 2)
    expect(await compare(moved, first, random, 3)).toBe(0)
    await settle(opened.warehouse, store.store_id)
    expect(await compare(moved, first, random, 3)).toBeGreaterThan(0)
    expect(await compare(store, first, random, 2)).toBeGreaterThan(0)
  },
)
