import type { Warehouse } from '../../client.ts'

/**
 * A day of a small shop, 2026-11-11 by UTC, whose numbers can be worked out by hand; for tests.
 *
 * v1 (a new visitor, from search) looks at /p/1 and /cart and orders for 100; v2 (who was here on 1 November) looks at /p/1 and /p/2 and
 * orders for 40 a day later; one whose browser keeps nothing looks at /p/1.
 */

export const store = { store_id: 's', time_zone: 'UTC', currency: 'CNY' }
export const wholeDay = { store_id: 's', from: '2026-11-11', to: '2026-11-12' }
export const [firstVersion, secondVersion] = ['a'.repeat(16), 'b'.repeat(16)] as const

const at = (clock: string, day = '2026-11-11') => `${day} ${clock}:00.000`

const view = (view_id: string, path: string, clock: string, values: object = {}) => ({
  ...{ store_id: 's', view_id, path, started_at: at(clock), received_at: at('23:00'), seq: 1 },
  ...{ version: firstVersion, width_class: 'phone', width: 390, height: 800, page_height: 4000, title: 'Tea' },
  ...values,
})

const readings = [
  view('a', '/p/1', '10:00', { visitor_id: 'v1', reach: 49, attention: [1000, 500], variant: 'B', seq: 2 }),
  // An older word of the same view, which arrived later.
  view('a', '/p/1', '10:00', { visitor_id: 'v1', reach: 3, attention: [1], variant: 'B', received_at: at('23:30') }),
  view('b', '/p/1', '11:00', { visitor_id: 'v2', reach: 9, attention: [200], width_class: 'laptop' }),
  view('c', '/p/2', '11:10', { visitor_id: 'v2', reach: 24, title: 'Cup', version: secondVersion }),
  view('d', '/p/1', '12:00', { reach: 0 }),
  view('e', '/cart', '10:10', { visitor_id: 'v1', reach: 49, title: 'Cart' }),
  view('bot', '/p/1', '12:00', { visitor_id: 'robot', reach: 49, is_bot: true }),
  view('yesterday', '/p/1', '10:00', { visitor_id: 'v1', started_at: '2026-11-10 23:59:59.999' }),
  view('other', '/p/1', '10:00', { visitor_id: 'v1', store_id: 'other' }),
]

const click = (view_id: string, n: number, clock: string, selector: string, values: object = {}) => ({
  ...{ store_id: 's', view_id, n, path: '/p/1', occurred_at: at(clock), received_at: at('23:00'), selector },
  ...{ version: firstVersion, width_class: 'phone', x: 0.25, y: 0.5 },
  ...values,
})

const hero = { module: 'hero' }
const clicks = [
  click('a', 1, '10:01', '#hero', { visitor_id: 'v1', variant: 'B', ...hero }),
  // The same again, told otherwise: the first arrival counts.
  click('a', 1, '10:59', '#other', { visitor_id: 'v1', received_at: at('23:30') }),
  click('a', 2, '10:02', 'a.card', {
    visitor_id: 'v1',
    variant: 'B',
    module: 'list',
    slot: 2,
    href: '/p/2',
    text: 'Cup',
  }),
  click('a', 3, '10:03', '#hero', { visitor_id: 'v1', variant: 'B', ...hero, is_dead: true, is_rage: true, x: 0.75 }),
  click('b', 1, '11:01', 'a.card', { visitor_id: 'v2', width_class: 'laptop', module: 'list', slot: 1 }),
  click('b', 2, '11:02', '#footer', { visitor_id: 'v2', width_class: 'laptop', is_dead: true, is_error: true, state: 'dialog:#cart', is_fixed: true }), // biome-ignore format: one row
  click('c', 1, '11:11', '#hero', { visitor_id: 'v2', path: '/p/2', version: secondVersion, ...hero }),
  click('d', 1, '12:01', '#hero', { ...hero, x: 0.75 }),
  click('bot', 1, '12:01', '#hero', { visitor_id: 'robot', ...hero, is_bot: true }),
  click('yesterday', 1, '10:00', '#hero', { visitor_id: 'v1', ...hero, occurred_at: '2026-11-10 23:59:59.999' }),
]

const seen = (view_id: string, module: string, values: object = {}) => ({
  ...{
    store_id: 's',
    view_id,
    path: '/p/1',
    started_at: at('10:00'),
    received_at: at('23:00'),
    module,
    slot: 0,
    seq: 2,
  },
  ...{ version: firstVersion, width_class: 'phone', position: 1, top: 0, bottom: 0.25, exposures: 1, visible_ms: 2000 },
  ...values,
})
const list = { position: 2, top: 0.5, bottom: 0.75 }
const modules = [
  seen('a', 'hero', { visitor_id: 'v1' }),
  seen('a', 'hero', { visitor_id: 'v1', seq: 1, visible_ms: 100, received_at: at('23:30') }),
  seen('a', 'list', { visitor_id: 'v1', ...list, exposures: 2, visible_ms: 3000 }),
  seen('a', 'list', { visitor_id: 'v1', ...list, slot: 2, visible_ms: 800 }),
  seen('b', 'hero', { visitor_id: 'v2', exposures: 0, visible_ms: 300 }),
  seen('b', 'list', { visitor_id: 'v2', ...list, visible_ms: 1000 }),
  seen('d', 'hero', { visible_ms: 500 }),
  seen('bot', 'list', { visitor_id: 'robot', is_bot: true }),
]

const order = (order_id: string, placed_at: string, visitor_id: string, values: object) => ({
  ...{ store_id: 's', order_id, source: 'ledger', status: 'paid', visitor_id, customer_id: `of ${visitor_id}` },
  ...{ placed_at, paid_at: placed_at, updated_at: placed_at, content_hash: 1 },
  ...values,
})
const orders = [
  order('o1', at('10:20'), 'v1', { gross: 100 }),
  // 24 hours and 30 seconds after v2's first click, less after the others.
  order('o2', '2026-11-12 11:01:30.000', 'v2', { gross: 40 }),
  order('unpaid', at('10:30'), 'v1', { gross: 500, paid_at: null, status: 'pending' }),
  order('stranger', at('10:30'), 'v3', { gross: 700 }),
]

const cart = (message_id: string, clock: string, visitor_id: string, values: object = {}) => ({
  ...{ store_id: 's', message_id, name: 'add_to_cart', visitor_id, timestamp: at(clock), occurred_at: at(clock) },
  received_at: at(clock),
  ...values,
})
const events = [
  cart('before', '09:00', 'v1'),
  cart('m1', '10:05', 'v1'),
  cart('robot', '12:05', 'robot', { is_bot: true }),
]

const session = (visitor_id: string, started_at: string, ended_at: string, values: object = {}) => ({
  ...{ store_id: 's', visitor_id, session_id: started_at, started_at, ended_at, channel: 'direct' },
  version: started_at,
  ...values,
})
const sessions = [
  session('v1', at('10:00'), at('10:12'), { channel: 'search', campaign: '11.11' }),
  session('v2', '2026-11-01 08:00:00.000', '2026-11-01 08:10:00.000'),
  session('v2', at('11:00'), at('11:12')),
]

const snapshots = [
  { store_id: 's', path: '/p/2', version: secondVersion, width_class: 'phone', taken_at: at('11:15'), width: 390, height: 800, page_height: 4000, title: 'Cup', content_hash: 'h2' },
  { store_id: 's', path: '/p/1', version: firstVersion, width_class: 'phone', taken_at: at('10:15'), width: 390, height: 800, page_height: 4000, title: 'Tea', content_hash: 'h1' },
  { store_id: 'other', path: '/p/1', version: firstVersion, width_class: 'phone', taken_at: at('22:00'), content_hash: 'h3' },
] // biome-ignore format: one row each
const contents = ['h1', 'h2', 'h3'].map((content_hash) => ({
  ...{ store_id: content_hash === 'h3' ? 'other' : 's', content_hash, seen_at: at('12:00') },
  content: JSON.stringify({ node: { type: 0 }, of: content_hash }),
}))

/** Fills the shop. */
export async function fillShop(warehouse: Warehouse): Promise<void> {
  const tables: Record<string, object[]> = { page_readings: readings, page_clicks: clicks, module_readings: modules, orders, events, sessions, page_snapshots: snapshots, snapshot_contents: contents } // biome-ignore format: one line
  for (const [table, values] of Object.entries(tables)) await warehouse.insert({ table, values, format: 'JSONEachRow' })
}
