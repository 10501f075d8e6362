import { outboxState } from '@guanlan/warehouse/alerts/outbox'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createDeliver } from './deliver.ts'
import { deliveryHere } from './testing-delivery.ts'
import type { Received } from './testing-receiver.ts'
import { contents, dyingBeforeSent, later, openShops } from './testing-shops.ts'

// Each statement is on disk before the next: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 })

let shops: Awaited<ReturnType<typeof openShops>>
beforeAll(async () => {
  shops = await openShops()
})
afterAll(() => shops.close())

const typesOf = (received: readonly Received[]) => received.map(({ json }) => (json as { type: string }).type)
const keys = (received: readonly Received[]) => received.map(({ headers }) => headers['idempotency-key'])

test('what an incident names is told once, in order, and nothing is left', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ status: 200 }))
  await shops.contactPoint(store_id, { id: 'hook', url: `${got.url}/hook/very-secret-token` })
  await shops.tell(store_id, 'i1', 'opened', ['hook'])
  await shops.tell(store_id, 'i1', 'updated', [])
  await shops.tell(store_id, 'i1', 'resolved', ['hook'])
  expect(await outboxState(shops.warehouse, { store_id })).toMatchObject([{ waiting: 2 }])
  expect(await shops.run(store_id)).toEqual({ sent: 2, failed: 0, given_up: 0, merged: 0 })
  expect(typesOf(got.received)).toEqual(['incident.opened', 'incident.resolved'])
  expect(new Set(keys(got.received)).size).toBe(2)
  expect(await shops.run(store_id)).toEqual({})
  expect(await outboxState(shops.warehouse, { store_id })).toEqual([{ waiting: 0, oldest_seconds: 0 }])
  expect(await shops.statuses(store_id)).toMatchObject([
    { incident_id: 'i1', v: 1, status: 'sent', reached: 'hook', attempts: 1 },
    { incident_id: 'i1', v: 3, status: 'sent', reached: 'hook', attempts: 1 },
  ])
  const [first] = await shops.attempts(store_id)
  expect(first).toMatchObject({
    contact_point_id: 'hook',
    incident_ids: ['i1'],
    transition: 'opened',
    ok: true,
    answer: '200',
  })
})

test('what opened and was over while the group could not be reached is told in one message there', async () => {
  const store_id = await shops.shop()
  let isDown = true
  const got = await shops.receiver(() => (isDown ? { status: 502 } : { body: { errcode: 0 } }))
  await shops.contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=693a91f6-secret` })
  await shops.tell(store_id, 'i1', 'opened', ['group'])
  expect(await shops.run(store_id)).toMatchObject({ sent: 0, failed: 1 })
  await shops.tell(store_id, 'i1', 'resolved', ['group'])
  // The first is not due yet, so the second waits with it.
  expect(await shops.run(store_id)).toEqual({})
  expect(got.received).toHaveLength(1)
  isDown = false
  expect(await shops.run(store_id, later(8))).toMatchObject({ sent: 2 })
  expect(contents(got.received)[1]).toContain('已恢复：访客骤降')
  expect(await shops.statuses(store_id)).toMatchObject([
    { v: 1, status: 'sent', attempts: 2 },
    { v: 2, status: 'sent', attempts: 2 },
  ])
  expect(JSON.stringify([await shops.attempts(store_id), shops.lines])).not.toContain('693a91f6')
})

test('a process that dies between the answer and its record is followed by a copy with the same key', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ status: 200 }))
  await shops.contactPoint(store_id, { id: 'hook', url: got.url })
  await shops.tell(store_id, 'i1', 'opened', ['hook'])
  await expect(shops.run(store_id, {}, dyingBeforeSent(shops.warehouse))).rejects.toThrow('killed')
  expect(await shops.statuses(store_id)).toMatchObject([{ status: 'sending', attempts: 1 }])
  // Whoever comes too early leaves it to the one that may still be at it.
  expect(await shops.run(store_id)).toEqual({})
  expect(await shops.run(store_id, later(61))).toMatchObject({ sent: 1 })
  expect(keys(got.received)).toHaveLength(2)
  expect(new Set(keys(got.received)).size).toBe(1)
  expect(await shops.statuses(store_id)).toMatchObject([{ status: 'sent', attempts: 2 }])
})

test('a Redis that is flushed loses nothing, also in the middle of a delivery', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(async () => {
    await shops.redis.flushall()
    return { status: 200 }
  })
  await shops.contactPoint(store_id, { id: 'hook', url: got.url })
  for (let i = 0; i < 5; i += 1) await shops.tell(store_id, `i${i}`, 'opened', ['hook'])
  await shops.redis.flushall()
  const both = await Promise.all([shops.run(store_id), shops.run(store_id)])
  expect(both.reduce((sum, did) => sum + (did.sent ?? 0), 0)).toBeGreaterThanOrEqual(5)
  expect(await shops.run(store_id, later(61))).toEqual({})
  expect(new Set(keys(got.received)).size).toBe(5)
  expect((await shops.statuses(store_id)).every(({ status }) => status === 'sent')).toBe(true)
})

test('one run at a time for a contact point: two at once send one copy', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { status: 200 }
  })
  await shops.contactPoint(store_id, { id: 'hook', url: got.url })
  await shops.tell(store_id, 'i1', 'opened', ['hook'])
  await Promise.all([shops.run(store_id), shops.run(store_id), shops.run(store_id)])
  expect(got.received).toHaveLength(1)
})

test('a Redis that is away holds up no delivery that is under way', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ status: 200 }))
  await shops.contactPoint(store_id, { id: 'hook', url: got.url })
  await shops.tell(store_id, 'i1', 'opened', ['hook'])
  const redis = connectRedis('unix:///nowhere/redis.sock', { name: 'test', retryStrategy: () => 1000 })
  const deliver = createDeliver(deliveryHere(redis))
  expect((await deliver({ ...shops.world(), redis }, { store_id })).did).toMatchObject({ sent: 1 })
  expect(got.received).toHaveLength(1)
  redis.disconnect()
})

test('an incident that cannot be told holds up no other', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ status: 200 }))
  await shops.contactPoint(store_id, { id: 'hook', url: got.url })
  await shops.tell(store_id, 'broken', 'opened', ['hook'], { began_at: '2026-11-11T02:35:00.000Z' })
  await shops.tell(store_id, 'good', 'opened', ['hook'])
  // As an older or newer version of the product may have written it.
  const query = `ALTER TABLE incidents UPDATE value = replaceOne(value, '"finding":"drop"', '"finding":"unheard_of"')
    WHERE store_id = {store_id:String} AND incident_id = 'broken' SETTINGS mutations_sync = 1`
  await shops.warehouse.command({ query, query_params: { store_id } })
  expect(await shops.run(store_id)).toMatchObject({ sent: 1 })
  expect(await outboxState(shops.warehouse, { store_id })).toMatchObject([{ waiting: 1 }])
})

test('an explanation that was found after the incident was opened is told with it', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ body: { errcode: 0 } }))
  await shops.contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=${store_id}` })
  await shops.tell(store_id, 'i1', 'opened', ['group'], { explanation: null })
  await shops.tell(store_id, 'i1', 'updated', [])
  await shops.run(store_id)
  expect(contents(got.received)[0]).toContain('每小时少')
})
