import type { Incident } from '@guanlan/warehouse/alerts/incident'
import { toClickHouse } from '@guanlan/warehouse/instant'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { explainIncident } from './explain-incident.ts'

const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const began = DateTime.fromISO('2026-11-18T10:00', { zone: store.time_zone })
const until = began.plus({ hours: 1 })
let opened: Awaited<ReturnType<typeof openTestWarehouse>>

// Every hour 40 visitors come from Douyin, 36 of them on a phone, 30 from Baidu and 30 directly, half on a phone. Every
// tenth buys for ¥100. In the hour of the incident 12 come from Douyin.
const usual = {
  douyin: { visitors: 40, phones: 36 },
  baidu: { visitors: 30, phones: 15 },
  direct: { visitors: 30, phones: 15 },
}
const fallen = { ...usual, douyin: { visitors: 12, phones: 11 } }

function hour(at: DateTime, shop: typeof usual) {
  const visits = Object.entries(shop).flatMap(([channel, { visitors, phones }]) =>
    Array.from({ length: visitors }, (_, n) => ({ channel, n, device: n < phones ? 'phone' : 'desktop' })),
  )
  const time = (n: number) => toClickHouse(at.plus({ seconds: n * 60 }).toJSDate())
  const events = visits.map(({ channel, n, device }) => {
    const id = `${+at}-${channel}-${n}`
    const timestamp = time(n)
    return { store_id: 's', message_id: id, name: 'page_view', timestamp, occurred_at: timestamp, received_at: timestamp, visitor_id: id, channel, device } // biome-ignore format: an event
  })
  const orders = visits
    .filter(({ n }) => n % 10 === 0)
    .map(({ channel, n }) => {
      const placed_at = time(n)
      return { store_id: 's', order_id: `${+at}-${channel}-${n}`, source: 'ledger', status: 'paid', customer_id: `${+at}-${channel}-${n}`, placed_at, paid_at: placed_at, updated_at: placed_at, content_hash: 1, gross: '100', channel } // biome-ignore format: an order
    })
  return { events, orders }
}

const incident: Incident = {
  rule: { id: 'traffic', name: 'Traffic', version: 1 },
  ...{ metric: 'visitors', grain: 'minute', slice: null, finding: 'drop', severity: 'critical', state: 'open' },
  ...{ opened_at: until.toUTC().toISO() ?? '', began_at: began.toUTC().toISO() ?? '', acknowledged: null },
  ...{ escalated_at: null, silenced_until: null, resolved_at: null, reopened: 0, owner: '', group: null },
  value: { at: until.toUTC().toISO() ?? '', expected: 100, lower: 80, upper: 120, actual: 72 },
  ...{ explanation: null, comments: [], feedback: null, links_used: [] },
}

beforeAll(async () => {
  opened = await openTestWarehouse()
  const hours = [0, 1, 2, 3, 4].flatMap((weeks) =>
    Array.from({ length: 29 }, (_, back) => began.minus({ weeks }).plus({ hours: 4 - back })),
  )
  const all = hours.filter((at) => at < until).map((at) => hour(at, +at === +began ? fallen : usual))
  const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })
  await insert(
    'events',
    all.flatMap(({ events }) => events),
  )
  await insert(
    'orders',
    all.flatMap(({ orders }) => orders),
  )
  const setting = (kind: string, id: string, value: object) => ({ store_id: 's', kind, id, version: 1, value: JSON.stringify(value), actor: 'ann', at: '2026-01-01 00:00:00.000' }) // biome-ignore format: a setting
  await insert('settings', [
    setting('annotation', 'a', { at: '2026-11-18T09:58:00+08:00', type: 'note', text: '抖音改了规则' }),
    setting('playbook', 'p', { when: { direction: 'drop', channel_group: 'public' }, text: { zh: '调预算', en: 'Move budget' }, place: 1 }),
    setting('playbook', 'q', { when: { direction: 'spike' }, text: { zh: '不', en: 'no' }, place: 0 }),
  ]) // biome-ignore format: a setting a line
})
afterAll(() => opened.close())

test('a channel that fell is told as the cause, with what it costs, who carries it, what changed and what to do', async () => {
  const told = await explainIncident(opened.warehouse, { store, incident, filters: [], until: until.toJSDate() })
  expect(told.causes).toEqual([
    { slices: [{ dimension: 'channel', value: 'douyin' }], expected: 40, actual: 12, share: 1 },
  ])
  // 28 visitors of whom every tenth would have paid ¥100.
  expect(told.money).toEqual({ expected: 1000, actual: 720, gap: -280, per_hour: -280 })
  expect(told.factors).toEqual({ visitors: -280, conversion_rate: 0, spend_per_buyer: 0 })
  expect(told.changes).toEqual([{ at: '2026-11-18T01:58:00.000Z', type: 'note', text: '抖音改了规则' }])
  expect(told.playbook).toEqual([{ zh: '调预算', en: 'Move budget' }])
})

test('an incident of one slice is explained by that slice', async () => {
  const ofDouyin = { ...incident, slice: { dimension: 'channel' as const, value: 'douyin' } }
  const told = await explainIncident(opened.warehouse, {
    store,
    incident: ofDouyin,
    filters: [],
    until: until.toJSDate(),
  })
  expect(told.causes).toEqual([
    { slices: [{ dimension: 'channel', value: 'douyin' }], expected: 40, actual: 12, share: 1 },
  ])
  expect(told.money.gap).toBe(-280)
})

test('money that was counted is told as it came: fewer visitors, as good as before', async () => {
  const told = await explainIncident(opened.warehouse, {
    ...{ store, filters: [], until: until.toJSDate() },
    incident: { ...incident, metric: 'paid_gmv', value: { ...incident.value, expected: 1000, actual: 800 } },
  })
  expect(told.causes[0]?.slices).toEqual([{ dimension: 'channel', value: 'douyin' }])
  expect(told.money).toEqual({ expected: 1000, actual: 800, gap: -200, per_hour: -200 })
})

test('pages that grow slow, and payments that fail, make no visits out of nothing: money is what came', async () => {
  const slow = async (metric: Incident['metric'], slice: Incident['slice'] = null) =>
    explainIncident(opened.warehouse, {
      ...{ store, filters: [], until: until.toJSDate() },
      incident: { ...incident, metric, slice, finding: 'spike', value: { ...incident.value, expected: 0.1, actual: 0.6 } }, // biome-ignore format: one value
    })
  for (const metric of ['slow_page_share', 'payment_failure_rate', 'lcp_p75'] as const) {
    expect((await slow(metric)).money).toEqual({ expected: 1000, actual: 800, gap: -200, per_hour: -200 })
  }
  // A percentile is not the sum of parts: nothing is said to be one.
  expect((await slow('lcp_p75', { dimension: 'channel', value: 'douyin' })).causes).toEqual([])
})

test('pages that grow slow on phones are told of phones', async () => {
  const load = (at: DateTime, n: number, device: string, lcp: number) => {
    const time = toClickHouse(at.plus({ seconds: n * 20 }).toJSDate())
    return { store_id: 's', message_id: `v${+at}-${device}-${n}`, name: 'web_vitals', timestamp: time, occurred_at: time, received_at: time, device, properties: { lcp } } // biome-ignore format: an event
  }
  const hours = [0, 1, 2, 3, 4].map((weeks) => began.minus({ weeks }))
  const values = hours.flatMap((at) =>
    Array.from({ length: 100 }, (_, n) => [
      load(at, n, 'phone', +at === +began ? 8000 : n % 10 ? 900 : 4000),
      load(at, n, 'desktop', n % 10 ? 900 : 4000),
    ]).flat(),
  )
  await opened.warehouse.insert({ table: 'events', values, format: 'JSONEachRow' })
  const told = await explainIncident(opened.warehouse, {
    ...{ store, filters: [], until: until.toJSDate() },
    incident: { ...incident, metric: 'slow_page_share', finding: 'spike', value: { ...incident.value, expected: 0.1, actual: 0.55 } }, // biome-ignore format: one value
  })
  // 100 loads on phones, of which usually a tenth is slow.
  expect(told.causes).toEqual([
    { slices: [{ dimension: 'device', value: 'phone' }], expected: 10, actual: 100, share: 1 },
  ])
})
