import { outboxState, readGivenUp, readWaiting } from '@guanlan/warehouse/alerts/outbox'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createDeliver } from './deliver.ts'
import { createLimiter } from './limiter.ts'
import { limits } from './senders/senders.ts'
import { deliveryHere } from './testing-delivery.ts'
import { contents, dyingBeforeSent, later, openShops } from './testing-shops.ts'

// Each statement is on disk before the next: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 })

let shops: Awaited<ReturnType<typeof openShops>>
beforeAll(async () => {
  shops = await openShops()
})
afterAll(() => shops.close())

test('more than a robot takes in a minute is told in one message, and each is marked as told', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ body: { errcode: 0 } }))
  const url = `${got.url}/send?key=${store_id}`
  await shops.contactPoint(store_id, { id: 'group', type: 'wecom', url })
  for (let i = 0; i < 6; i += 1) await shops.tell(store_id, `i${i}`, 'opened', ['group'])
  // Seventeen of its twenty have gone elsewhere.
  const limiter = createLimiter(shops.redis)
  const { isMerged: _, ...limit } = limits.wecom
  for (let i = 0; i < 17; i += 1) await limiter.take(`wecom ${url}`, limit)
  expect(await shops.run(store_id)).toEqual({ sent: 6, failed: 0, given_up: 0, merged: 4 })
  expect(contents(got.received)).toEqual([
    expect.stringContaining('访客骤降'),
    expect.stringContaining('访客骤降'),
    expect.stringContaining('4 个告警合并通知'),
  ])
  const told = await shops.attempts(store_id)
  expect(told.map(({ incident_ids }) => incident_ids)).toEqual([['i0'], ['i1'], ['i2', 'i3', 'i4', 'i5']])
  // No room is left: the next waits, without a row of its own.
  await shops.tell(store_id, 'late', 'opened', ['group'])
  expect(await shops.run(store_id)).toEqual({ sent: 0, failed: 0, given_up: 0, merged: 0 })
  expect(await outboxState(shops.warehouse, { store_id })).toMatchObject([{ waiting: 1 }])
})

test('one message of many, of which nobody noted that it arrived, goes once more as it was, and what came since apart', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ body: { errcode: 0 } }))
  const url = `${got.url}/send?key=${store_id}`
  await shops.contactPoint(store_id, { id: 'group', type: 'wecom', url })
  for (const id of ['i0', 'i1', 'i2']) await shops.tell(store_id, id, 'opened', ['group'])
  const limiter = createLimiter(shops.redis)
  const { isMerged: _, ...limit } = limits.wecom
  for (let i = 0; i < 17; i += 1) await limiter.take(`wecom ${url}`, limit)
  for (const id of ['i3', 'i4']) await shops.tell(store_id, id, 'opened', ['group'])
  const dying = dyingBeforeSent(shops.warehouse)
  // Each run ends with its first message; what it took is left alone until its lease is over.
  for (let i = 0; i < 3; i += 1) await shops.run(store_id, {}, dying).catch(() => {})
  // Each copy has buttons of its own, for each works once.
  const told = () => contents(got.received).map((text) => text.replaceAll(/incident-link\/[^)]*/g, ''))
  const first = told()
  expect(first).toHaveLength(3)
  expect(first.at(-1)).toContain('3 个告警合并通知')
  await shops.tell(store_id, 'i0', 'resolved', ['group'])
  await shops.tell(store_id, 'i5', 'opened', ['group'])
  await shops.redis.flushall()
  expect(await shops.run(store_id, later(61))).toMatchObject({ sent: 6, merged: 3 })
  expect(await shops.run(store_id, later(62))).toMatchObject({ sent: 1 })
  const again = told().slice(3)
  expect(again.slice(0, 3).toSorted()).toEqual(first.toSorted())
  expect(again).toHaveLength(5)
  expect(again.at(-1)).toContain('已恢复')
  const keys = (await shops.attempts(store_id)).map(({ idempotency_key }) => idempotency_key)
  expect([keys.length, new Set(keys).size]).toEqual([5, 5])
})

test('a robot that says it was too much is left alone for a while, and that was no attempt', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(() => ({ body: { errcode: 45009, errmsg: 'api freq out of limit' } }))
  await shops.contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=${store_id}` })
  await shops.tell(store_id, 'i1', 'opened', ['group'])
  await shops.tell(store_id, 'i2', 'opened', ['group'])
  await shops.run(store_id)
  await shops.run(store_id)
  expect(got.received).toHaveLength(1)
  const [first] = await shops.statuses(store_id)
  expect(first).toMatchObject({ status: 'retrying', attempts: 0 })
})

test('a robot that is gone is followed by its fallback at once, which hears the end too, and says in whose place', async () => {
  const store_id = await shops.shop()
  const gone = await shops.receiver(() => ({ body: { errcode: 93000, errmsg: 'invalid webhook url' } }))
  const got = await shops.receiver(() => ({ body: { errcode: 0 } }))
  await shops.contactPoint(store_id, { id: 'group', type: 'wecom', url: `${gone.url}/send?key=1`, fallback: 'boss' })
  await shops.contactPoint(store_id, { id: 'boss', type: 'wecom', url: `${got.url}/send?key=2`, fallback: 'group' })
  await shops.tell(store_id, 'i1', 'opened', ['group'])
  const deliver = createDeliver(deliveryHere(shops.redis))
  expect(await deliver(shops.world(), { store_id })).toMatchObject({ again: true, did: { failed: 1 } })
  expect(await deliver(shops.world(), { store_id })).toMatchObject({ again: false, did: { sent: 1 } })
  expect(contents(got.received)[0]).toContain('群 group 无法送达，改发到这里')
  expect(await shops.statuses(store_id)).toMatchObject([{ cp: 'group', status: 'sent', reached: 'boss' }])
  await shops.tell(store_id, 'i1', 'resolved', ['group'])
  await deliver(shops.world(), { store_id })
  expect(contents(got.received)).toEqual([expect.stringContaining('】告警'), expect.stringContaining('已恢复')])
  expect(gone.received).toHaveLength(1)
})

test('what nobody takes is given up, and can be read with its reason; the address is not in it', async () => {
  const store_id = await shops.shop()
  await shops.contactPoint(store_id, { id: 'inside', url: 'http://10.0.0.1/hook/very-secret-token' })
  await shops.contactPoint(store_id, { id: 'away', url: 'http://127.0.0.1:9/hook/very-secret-token' })
  await shops.tell(store_id, 'i1', 'opened', ['inside', 'away', 'removed'])
  expect(await shops.run(store_id)).toMatchObject({ failed: 1, given_up: 2 })
  for (let i = 0; i < 7; i += 1) await shops.run(store_id, later((i + 1) * 4000))
  const givenUp = await readGivenUp(shops.warehouse, { store_id })
  expect(givenUp.map(({ contact_point_id, error }) => [contact_point_id, error]).sort()).toEqual([
    ['away', expect.stringContaining('127.0.0.1 cannot be reached')],
    ['inside', '10.0.0.1 is not spoken to over plain http: use https://.'],
    ['removed', 'The contact point is not there any more.'],
  ])
  expect(givenUp[0]).toMatchObject({ incident_id: 'i1', incident_version: 1, transition: 'opened' })
  expect(await readWaiting(shops.warehouse, { store_id, now: new Date() })).toEqual([])
  expect((await shops.attempts(store_id)).filter(({ contact_point_id }) => contact_point_id === 'away')).toHaveLength(8)
  expect(JSON.stringify([await shops.attempts(store_id), givenUp, shops.lines])).not.toContain('very-secret')
})
