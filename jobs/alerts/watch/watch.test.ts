import { readIncidents, readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeIngestWatermark } from '../../ingest-watermark.ts'
import type { World } from '../../world.ts'
import { backtestRule } from '../backtest-rule.ts'
import { makePresets } from './make-presets.ts'
import { minuteMs, visits } from './testing.ts'
import { createWatch } from './watch.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
let server: Awaited<ReturnType<typeof startRedis>>
let world: World
const woken: string[] = []
let now = Date.parse('2026-11-20T12:00:30Z')
const begin = Date.parse('2026-11-19T04:00:00Z')
const usual = { douyin: 20, baidu: 20, direct: 10 }
const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }

/** Visits that are told of from here on. */
let told = begin
const happen = async (perMinute: Record<string, number>, until: number) => {
  for (const [channel, rate] of Object.entries(perMinute)) {
    await visits(opened.warehouse, 's', { channel, perMinute: rate, from: told, to: until })
  }
  told = until
}

const watch = createWatch({ clock: () => now })
const another = createWatch({ clock: () => now })
const look = async (by = watch, watermark: number | null = now) => {
  await server.redis.del('ingest:watermark:one')
  if (watermark !== null) await writeIngestWatermark(server.redis, 'one', watermark)
  return by(world, { store_id: 's' })
}
/** A minute passes; the minute before the last has just settled. */
const minute = async (perMinute: Record<string, number>, by = watch, watermark?: number | null) => {
  now += minuteMs
  await happen(perMinute, Math.floor(now / minuteMs) * minuteMs)
  return look(by, watermark === undefined ? now : watermark)
}
const open = async () =>
  (await readIncidents(opened.warehouse, { store_id: 's', states: ['open', 'acknowledged'] })).map(({ value }) => value)

beforeAll(async () => {
  ;[opened, server] = await Promise.all([openTestWarehouse(), startRedis()])
  world = {
    ...{ warehouse: opened.warehouse, redis: server.redis, log: pino({ level: 'silent' }) },
    signal: new AbortController().signal,
    wake: async (name, store_id) => void woken.push(`${name} ${store_id}`),
  }
  const value = { name: 's', time_zone: store.time_zone, currency: 'CNY', trusts_sender_sessions: false }
  await makeStore(world, { store_id: 's', value, actor: 'test' })
  await writeSetting(world, {
    ...{ store_id: 's', kind: 'contact_point', id: 'group', read_version: 0, actor: 'test' },
    value: { name: 'Group', type: 'wecom', sealed: 'x', hint: 'x', mention: [], is_default: true, language: 'zh', enabled: true }, // biome-ignore format: one value
  })
  await happen(usual, Math.floor(now / minuteMs) * minuteMs)
}, 120_000)
afterAll(async () => {
  await server.stop()
  await opened.close()
})

test('a store gets the ready-made rules, learns from its past, and raises nothing', async () => {
  const { did } = await look()
  expect((await readSettings(opened.warehouse, 'rule', { store_id: 's' })).map(({ id }) => id)).toHaveLength(10)
  expect(did).toMatchObject({ series: 13 })
  for (let at = 0; at < 3; at += 1) await minute(usual)
  expect(await readIncidents(opened.warehouse, { store_id: 's' })).toEqual([])
}, 120_000)

test('what somebody deleted is not made again', async () => {
  const [rule] = await readSettings(opened.warehouse, 'rule', { store_id: 's', id: 'preset_refunds' })
  const ended = { store_id: 's', kind: 'rule' as const, id: 'preset_refunds', value: null, actor: 'test' }
  await writeSetting(world, { ...ended, read_version: rule?.version ?? 0 })
  expect(await makePresets(world, 's')).toBe(0)
})

test('a channel that falls by 70 % is told within three settled minutes, once, with the channel', async () => {
  let minutes = 0
  const fallen = { ...usual, douyin: 6 }
  while (minutes < 3 && (await open()).length === 0) {
    minutes += 1
    await minute(fallen)
  }
  // Settled is the minute before the one that has just begun.
  await minute(fallen)
  const incidents = await readIncidents(opened.warehouse, { store_id: 's' })
  const leader = incidents.find(({ value }) => value.group === null)
  expect(leader?.value).toMatchObject({
    ...{ finding: 'drop', metric: 'sessions', state: 'open', severity: 'critical', explanation: null },
    slice: { dimension: 'channel', value: 'douyin' },
  })
  expect(leader?.notify).toEqual(['group'])
  expect(incidents.filter(({ notify }) => notify.length > 0)).toHaveLength(1)
  expect(woken).toContain('deliver s')
}, 120_000)

test('another process takes over without judging anything twice, and it ends when the channel is back', async () => {
  const before = await open()
  await minute({ ...usual, douyin: 6 }, another)
  expect((await open()).filter(({ slice }) => slice?.value === 'douyin')).toHaveLength(1)
  for (let at = 0; at < 8; at += 1) await minute(usual, at % 2 ? another : watch)
  expect(await open()).toEqual([])
  const [leader] = await readIncidents(opened.warehouse, { store_id: 's', rule_id: 'preset_traffic_channel' })
  const timeline = await readTimeline(opened.warehouse, { store_id: 's', incident_id: leader?.incident_id ?? '' })
  expect(timeline.map(({ transition }) => transition).filter((one) => one !== 'updated')).toEqual([
    'opened',
    'resolved',
  ])
  expect(timeline.at(-1)?.notify).toEqual(['group'])
  expect(before.length).toBeGreaterThan(0)
}, 120_000)

test('when everything stops at once it is the data that are missing, and nothing else is told', async () => {
  for (let at = 0; at < 6; at += 1) await minute({})
  const incidents = await open()
  expect(incidents.filter(({ group }) => group === null)).toHaveLength(1)
  expect(incidents[0]).toMatchObject({ finding: 'data_stopped', explanation: { data_trouble: 'tracker_stopped' } })
  for (let at = 0; at < 6; at += 1) await minute(usual)
  expect(await open()).toEqual([])
}, 120_000)

test('a spool that is behind, and an ingest that is gone, are told as such', async () => {
  const stands = now
  for (let at = 0; at < 6; at += 1) await minute(usual, watch, stands)
  expect((await open()).map(({ explanation }) => explanation?.data_trouble)).toEqual(['spool_behind'])
  for (let at = 0; at < 6; at += 1) await minute(usual)
  expect(await open()).toEqual([])
  for (let at = 0; at < 6; at += 1) await minute({}, watch, null)
  expect((await open()).map(({ explanation }) => explanation?.data_trouble)).toEqual(['ingest_down'])
}, 120_000)

test('a rule tried on the past raises what watching raised', async () => {
  const [rule] = await readSettings(opened.warehouse, 'rule', { store_id: 's', id: 'preset_traffic_channel' })
  if (!rule) throw new Error('no rule')
  const { alarms } = await backtestRule(opened.warehouse, store, rule, { days: 1, now })
  const [incident] = await readIncidents(opened.warehouse, { store_id: 's', rule_id: 'preset_traffic_channel' })
  expect(alarms).toMatchObject([{ slice: { value: 'douyin' }, finding: 'drop', at: incident?.value.opened_at }])
}, 120_000)
