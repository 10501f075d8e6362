import { sealAddress } from '@guanlan/warehouse/alerts/address'
import type { Incident, Transition } from '@guanlan/warehouse/alerts/incident'
import { outboxState, readGivenUp, readWaiting } from '@guanlan/warehouse/alerts/outbox'
import { writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import type { Warehouse } from '@guanlan/warehouse/client'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createMetrics } from '../../metrics.ts'
import { testContactPoint } from '../../queues.ts'
import { startWorker } from '../../start-worker.ts'
import type { World } from '../../world.ts'
import { createDeliver } from './deliver.ts'
import type { Delivery } from './delivery.ts'
import { createLimiter } from './limiter.ts'
import { limits } from './senders/senders.ts'
import { createTestContactPoint } from './test-contact-point.ts'
import { fallen } from './testing.ts'
import { deliveryHere } from './testing-delivery.ts'
import { type Received, startReceiver } from './testing-receiver.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const stops: (() => void)[] = []
// Each statement is on disk before the next: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 })
beforeAll(async () => {
  ;[server, opened] = await Promise.all([startRedis(), openTestWarehouse()])
})
afterAll(async () => {
  await opened.close()
  await server.stop()
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const lines: Record<string, unknown>[] = []
const world = (warehouse: Warehouse = opened.warehouse): World => ({
  ...{ warehouse, redis: server.redis, signal: new AbortController().signal, wake: async () => {} },
  log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
})

let stores = 0
/** A store of its own, so that tests do not see each other's. */
async function shop() {
  stores += 1
  const store_id = `shop${stores}`
  const value = { name: '小店', time_zone: 'Asia/Shanghai', currency: 'CNY', trusts_sender_sessions: false }
  await makeStore(world(), { store_id, value, actor: 'test' })
  return store_id
}

type Point = { id: string; type?: 'wecom' | 'webhook'; url: string; fallback?: string; mention?: string[] }
async function contactPoint(store_id: string, { id, type = 'webhook', url, ...more }: Point) {
  const [before] = await readSettings(opened.warehouse, 'contact_point', { store_id, id })
  const address = type === 'webhook' ? { url, secret: 'shh-secret' } : { url }
  const sealed = sealAddress(type, address, 'key')
  const value = { name: `群 ${id}`, type, sealed, hint: '', mention: [], is_default: true, language: 'zh', enabled: true, ...more } as const // biome-ignore format: a list
  const written = { ...value, mention: [...(more.mention ?? [])] }
  await writeSetting(world(), { store_id, kind: 'contact_point', id, read_version: before?.version ?? 0, value: written, actor: 'test' }) // biome-ignore format: a call
}

const versions = new Map<string, number>()
async function tell(
  store_id: string,
  incident_id: string,
  transition: Transition,
  notify: string[],
  more: Partial<Incident> = {},
) {
  const key = `${store_id}/${incident_id}`
  const read_version = versions.get(key) ?? 0
  const over = transition === 'resolved' ? { state: 'resolved' as const, resolved_at: new Date().toISOString() } : {}
  const value = { ...fallen, ...over, ...more }
  await writeIncident(world(), {
    store_id,
    incident_id,
    read_version,
    transition,
    value,
    notify,
    actor: 'rules',
    at: new Date(),
  })
  versions.set(key, read_version + 1)
}

async function receiver(...args: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...args)
  stops.push(started.stop)
  return started
}

const later = (seconds: number): Partial<Delivery> => ({ clock: () => new Date(Date.now() + seconds * 1000) })
async function run(store_id: string, more: Partial<Delivery> = {}, warehouse?: Warehouse) {
  return (await createDeliver(deliveryHere(server.redis, more))(world(warehouse), { store_id })).did
}
const rows = async (query: string, store_id: string) =>
  (await opened.warehouse.query({ query, query_params: { store_id }, format: 'JSONEachRow' })).json<
    Record<string, unknown>
  >()
const statuses = (store_id: string) =>
  rows(
    `SELECT incident_id, incident_version AS v, contact_point_id AS cp, status, reached, attempts FROM notifications FINAL
     WHERE store_id = {store_id:String} ORDER BY incident_id, v, cp`,
    store_id,
  )
const attempts = (store_id: string) =>
  rows('SELECT * FROM notification_attempts WHERE store_id = {store_id:String} ORDER BY at', store_id)
/** Of the cards among what WeCom got. */
const contents = (received: Received[]) =>
  received.flatMap(({ json }) => (json as { markdown?: { content: string } }).markdown?.content ?? [])
const typesOf = (received: Received[]) => received.map(({ json }) => (json as { type: string }).type)
const keys = (received: Received[]) => received.map(({ headers }) => headers['idempotency-key'])

test('what an incident names is told once, in order, and nothing is left', async () => {
  const store_id = await shop()
  const got = await receiver(() => ({ status: 200 }))
  await contactPoint(store_id, { id: 'hook', url: `${got.url}/hook/very-secret-token` })
  await tell(store_id, 'i1', 'opened', ['hook'])
  await tell(store_id, 'i1', 'updated', [])
  await tell(store_id, 'i1', 'resolved', ['hook'])
  expect(await outboxState(opened.warehouse, { store_id })).toMatchObject([{ waiting: 2 }])
  expect(await run(store_id)).toEqual({ sent: 2, failed: 0, given_up: 0, merged: 0 })
  expect(typesOf(got.received)).toEqual(['incident.opened', 'incident.resolved'])
  expect(new Set(keys(got.received)).size).toBe(2)
  expect(await run(store_id)).toEqual({})
  expect(await outboxState(opened.warehouse, { store_id })).toEqual([{ waiting: 0, oldest_seconds: 0 }])
  expect(await statuses(store_id)).toMatchObject([
    { incident_id: 'i1', v: 1, status: 'sent', reached: 'hook', attempts: 1 },
    { incident_id: 'i1', v: 3, status: 'sent', reached: 'hook', attempts: 1 },
  ])
  const [first] = await attempts(store_id)
  expect(first).toMatchObject({
    contact_point_id: 'hook',
    incident_ids: ['i1'],
    transition: 'opened',
    ok: true,
    answer: '200',
  })
})

test('what opened and was over while the group could not be reached is told in one message there', async () => {
  const store_id = await shop()
  let isDown = true
  const got = await receiver(() => (isDown ? { status: 502 } : { body: { errcode: 0 } }))
  await contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=693a91f6-secret` })
  await tell(store_id, 'i1', 'opened', ['group'])
  expect(await run(store_id)).toMatchObject({ sent: 0, failed: 1 })
  await tell(store_id, 'i1', 'resolved', ['group'])
  // The first is not due yet, so the second waits with it.
  expect(await run(store_id)).toEqual({})
  expect(got.received).toHaveLength(1)
  isDown = false
  expect(await run(store_id, later(8))).toMatchObject({ sent: 2 })
  expect(contents(got.received)[1]).toContain('已恢复：访客骤降')
  expect(await statuses(store_id)).toMatchObject([
    { v: 1, status: 'sent', attempts: 2 },
    { v: 2, status: 'sent', attempts: 2 },
  ])
  expect(JSON.stringify([await attempts(store_id), lines])).not.toContain('693a91f6')
})

test('a process that dies between the answer and its record is followed by a copy with the same key', async () => {
  const store_id = await shop()
  const got = await receiver(() => ({ status: 200 }))
  await contactPoint(store_id, { id: 'hook', url: got.url })
  await tell(store_id, 'i1', 'opened', ['hook'])
  const dying = new Proxy(opened.warehouse, {
    get: (target, name) => {
      if (name !== 'insert') return Reflect.get(target, name).bind(target)
      return (insert: { table: string; values: { status?: string }[] }) => {
        if (insert.values[0]?.status !== 'sent') return target.insert(insert as never)
        return Promise.reject(new Error('killed'))
      }
    },
  })
  await expect(run(store_id, {}, dying)).rejects.toThrow('killed')
  expect(await statuses(store_id)).toMatchObject([{ status: 'sending', attempts: 1 }])
  // Whoever comes too early leaves it to the one that may still be at it.
  expect(await run(store_id)).toEqual({})
  expect(await run(store_id, later(61))).toMatchObject({ sent: 1 })
  expect(keys(got.received)).toHaveLength(2)
  expect(new Set(keys(got.received)).size).toBe(1)
  expect(await statuses(store_id)).toMatchObject([{ status: 'sent', attempts: 2 }])
})

test('a Redis that is flushed loses nothing, also in the middle of a delivery', async () => {
  const store_id = await shop()
  const got = await receiver(async () => {
    await server.redis.flushall()
    return { status: 200 }
  })
  await contactPoint(store_id, { id: 'hook', url: got.url })
  for (let i = 0; i < 5; i += 1) await tell(store_id, `i${i}`, 'opened', ['hook'])
  await server.redis.flushall()
  const both = await Promise.all([run(store_id), run(store_id)])
  expect(both.reduce((sum, did) => sum + (did.sent ?? 0), 0)).toBeGreaterThanOrEqual(5)
  expect(await run(store_id, later(61))).toEqual({})
  expect(new Set(keys(got.received)).size).toBe(5)
  expect((await statuses(store_id)).every(({ status }) => status === 'sent')).toBe(true)
})

test('one run at a time for a contact point: two at once send one copy', async () => {
  const store_id = await shop()
  const got = await receiver(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { status: 200 }
  })
  await contactPoint(store_id, { id: 'hook', url: got.url })
  await tell(store_id, 'i1', 'opened', ['hook'])
  await Promise.all([run(store_id), run(store_id), run(store_id)])
  expect(got.received).toHaveLength(1)
})

test('a Redis that is away holds up no delivery that is under way', async () => {
  const store_id = await shop()
  const got = await receiver(() => ({ status: 200 }))
  await contactPoint(store_id, { id: 'hook', url: got.url })
  await tell(store_id, 'i1', 'opened', ['hook'])
  const redis = connectRedis('unix:///nowhere/redis.sock', { name: 'test', retryStrategy: () => 1000 })
  const deliver = createDeliver(deliveryHere(redis))
  expect((await deliver({ ...world(), redis }, { store_id })).did).toMatchObject({ sent: 1 })
  expect(got.received).toHaveLength(1)
  redis.disconnect()
})

test('an incident that cannot be told holds up no other', async () => {
  const store_id = await shop()
  const got = await receiver(() => ({ status: 200 }))
  await contactPoint(store_id, { id: 'hook', url: got.url })
  await tell(store_id, 'broken', 'opened', ['hook'], { began_at: '2026-11-11T02:35:00.000Z' })
  await tell(store_id, 'good', 'opened', ['hook'])
  // As an older or newer version of the product may have written it.
  const query = `ALTER TABLE incidents UPDATE value = replaceOne(value, '"finding":"drop"', '"finding":"unheard_of"')
    WHERE store_id = {store_id:String} AND incident_id = 'broken' SETTINGS mutations_sync = 1`
  await opened.warehouse.command({ query, query_params: { store_id } })
  expect(await run(store_id)).toMatchObject({ sent: 1 })
  expect(await outboxState(opened.warehouse, { store_id })).toMatchObject([{ waiting: 1 }])
})

test('more than a robot takes in a minute is told in one message, and each is marked as told', async () => {
  const store_id = await shop()
  const got = await receiver(() => ({ body: { errcode: 0 } }))
  const url = `${got.url}/send?key=${store_id}`
  await contactPoint(store_id, { id: 'group', type: 'wecom', url })
  for (let i = 0; i < 6; i += 1) await tell(store_id, `i${i}`, 'opened', ['group'])
  // Seventeen of its twenty have gone elsewhere.
  const limiter = createLimiter(server.redis)
  const { isMerged: _, ...limit } = limits.wecom
  for (let i = 0; i < 17; i += 1) await limiter.take(`wecom ${url}`, limit)
  expect(await run(store_id)).toEqual({ sent: 6, failed: 0, given_up: 0, merged: 4 })
  expect(contents(got.received)).toEqual([
    expect.stringContaining('访客骤降'),
    expect.stringContaining('访客骤降'),
    expect.stringContaining('4 个告警合并通知'),
  ])
  const told = await attempts(store_id)
  expect(told.map(({ incident_ids }) => incident_ids)).toEqual([['i0'], ['i1'], ['i2', 'i3', 'i4', 'i5']])
  // No room is left: the next waits, without a row of its own.
  await tell(store_id, 'late', 'opened', ['group'])
  expect(await run(store_id)).toEqual({ sent: 0, failed: 0, given_up: 0, merged: 0 })
  expect(await outboxState(opened.warehouse, { store_id })).toMatchObject([{ waiting: 1 }])
})

test('a robot that says it was too much is left alone for a while, and that was no attempt', async () => {
  const store_id = await shop()
  const got = await receiver(() => ({ body: { errcode: 45009, errmsg: 'api freq out of limit' } }))
  await contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=${store_id}` })
  await tell(store_id, 'i1', 'opened', ['group'])
  await tell(store_id, 'i2', 'opened', ['group'])
  await run(store_id)
  await run(store_id)
  expect(got.received).toHaveLength(1)
  const [first] = await statuses(store_id)
  expect(first).toMatchObject({ status: 'retrying', attempts: 0 })
})

test('a robot that is gone is followed by its fallback at once, which hears the end too, and says in whose place', async () => {
  const store_id = await shop()
  const gone = await receiver(() => ({ body: { errcode: 93000, errmsg: 'invalid webhook url' } }))
  const got = await receiver(() => ({ body: { errcode: 0 } }))
  await contactPoint(store_id, { id: 'group', type: 'wecom', url: `${gone.url}/send?key=1`, fallback: 'boss' })
  await contactPoint(store_id, { id: 'boss', type: 'wecom', url: `${got.url}/send?key=2`, fallback: 'group' })
  await tell(store_id, 'i1', 'opened', ['group'])
  const deliver = createDeliver(deliveryHere(server.redis))
  expect(await deliver(world(), { store_id })).toMatchObject({ again: true, did: { failed: 1 } })
  expect(await deliver(world(), { store_id })).toMatchObject({ again: false, did: { sent: 1 } })
  expect(contents(got.received)[0]).toContain('群 group 无法送达，改发到这里')
  expect(await statuses(store_id)).toMatchObject([{ cp: 'group', status: 'sent', reached: 'boss' }])
  await tell(store_id, 'i1', 'resolved', ['group'])
  await deliver(world(), { store_id })
  expect(contents(got.received)).toEqual([expect.stringContaining('】告警'), expect.stringContaining('已恢复')])
  expect(gone.received).toHaveLength(1)
})

test('what nobody takes is given up, and can be read with its reason; the address is not in it', async () => {
  const store_id = await shop()
  await contactPoint(store_id, { id: 'inside', url: 'http://10.0.0.1/hook/very-secret-token' })
  await contactPoint(store_id, { id: 'away', url: 'http://127.0.0.1:9/hook/very-secret-token' })
  await tell(store_id, 'i1', 'opened', ['inside', 'away', 'removed'])
  expect(await run(store_id)).toMatchObject({ failed: 1, given_up: 2 })
  for (let i = 0; i < 7; i += 1) await run(store_id, later((i + 1) * 4000))
  const givenUp = await readGivenUp(opened.warehouse, { store_id })
  expect(givenUp.map(({ contact_point_id, error }) => [contact_point_id, error]).sort()).toEqual([
    ['away', expect.stringContaining('127.0.0.1 cannot be reached')],
    ['inside', '10.0.0.1 is not spoken to over plain http: use https://.'],
    ['removed', 'The contact point is not there any more.'],
  ])
  expect(givenUp[0]).toMatchObject({ incident_id: 'i1', incident_version: 1, transition: 'opened' })
  expect(await readWaiting(opened.warehouse, { store_id, now: new Date() })).toEqual([])
  expect((await attempts(store_id)).filter(({ contact_point_id }) => contact_point_id === 'away')).toHaveLength(8)
  expect(JSON.stringify([await attempts(store_id), givenUp, lines])).not.toContain('very-secret')
})

test('an explanation that was found after the incident was opened is told with it', async () => {
  const store_id = await shop()
  const got = await receiver(() => ({ body: { errcode: 0 } }))
  await contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=${store_id}` })
  await tell(store_id, 'i1', 'opened', ['group'], { explanation: null })
  await tell(store_id, 'i1', 'updated', [])
  await run(store_id)
  expect(contents(got.received)[0]).toContain('每小时少')
})

test('a test of a contact point, saved or about to be, is answered through its queue', async () => {
  const store_id = await shop()
  const got = await receiver(({ path }) => ({
    body: { errcode: path.includes('good') ? 0 : 93000, errmsg: 'invalid webhook url' },
  }))
  await contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=good-secret` })
  const metrics = createMetrics()
  const handler = createTestContactPoint(deliveryHere(server.redis, { metrics }))
  const worker = startWorker('test-contact-point', handler, world(), { metrics, concurrency: 1, onCrash: () => {} })
  const good = await testContactPoint(server.redis, { store_id, contact_point_id: 'group' })
  expect(good).toMatchObject({ ok: true, error: '', answer: expect.stringContaining('"errcode":0') })
  expect(contents(got.received)[0]).toContain('小店 的告警会发到 群 group。')
  const [saved] = await readSettings(opened.warehouse, 'contact_point', { store_id, id: 'group' })
  const sealed = sealAddress('wecom', { url: `${got.url}/send?key=bad-secret` }, 'key')
  const value = saved && { ...saved.value, sealed }
  const bad = await testContactPoint(server.redis, { store_id, contact_point_id: 'new', value })
  expect(bad).toMatchObject({ ok: false, error: '93000: invalid webhook url' })
  expect(await testContactPoint(server.redis, { store_id, contact_point_id: 'nobody' })).toMatchObject({
    ...{ ok: false, error: 'The contact point is not there any more.' },
  })
  expect(await attempts(store_id)).toMatchObject([
    { contact_point_id: 'group', idempotency_key: '', transition: 'test', ok: true },
    { contact_point_id: 'new', transition: 'test', ok: false },
  ])
  const told = await metrics.registry.metrics()
  expect(told).toContain('guanlan_deliveries_total{type="wecom",outcome="sent"} 1')
  expect(told).toContain('guanlan_deliveries_total{type="wecom",outcome="never"} 1')
  await worker.close()
})
