import type { Kind, Value } from '@guanlan/warehouse/settings/kinds'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { removeStore } from '@guanlan/warehouse/stores/remove-store'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { World } from '../world.ts'
import { emptyRemovedStore } from './empty-removed-store.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  ;[server, opened] = await Promise.all([startRedis(), openTestWarehouse()])
})
afterAll(async () => {
  await opened.close()
  await server.stop()
})

const world = (): World => ({
  ...{ warehouse: opened.warehouse, redis: server.redis, log: pino({ level: 'silent' }) },
  signal: new AbortController().signal,
  wake: async () => {},
})
const value = { name: 'Tea', time_zone: 'UTC', currency: 'CNY', trusts_sender_sessions: false }
const arrive = () => opened.warehouse.command({ query: `INSERT INTO events (store_id) VALUES ('tea')` })
const count = async () => {
  const query = `SELECT count() AS n FROM events WHERE store_id = 'tea'`
  const [row] = await (await opened.warehouse.query({ query, format: 'JSONEachRow' })).json<{ n: number }>()
  return row?.n
}

test('what ingest had accepted before a store was removed, and brings after, is deleted too', async () => {
  await makeStore(world(), { store_id: 'tea', value, actor: 'test' })
  await removeStore(world(), { store_id: 'tea', read_version: 1, actor: 'test' })
  await arrive()
  expect((await emptyRemovedStore(world(), { store_id: 'tea' })).did.tables).toBeGreaterThan(0)
  expect(await count()).toBe(0)
  expect(await emptyRemovedStore(world(), { store_id: 'tea' })).toEqual({ did: { tables: 0, settings: 0 } })
})

test('keys, roles and settings that an interrupted removal left are ended, and it is told', async () => {
  const { warehouse, redis } = world()
  const write = <K extends Kind>(store_id: string, kind: K, id: string, value: Value<K> | null, read_version = 0) =>
    writeSetting({ warehouse, redis }, { store_id, kind, id, read_version, value, actor: 'ann' })
  await makeStore(world(), { store_id: 'silk', value, actor: 'test' })
  const hash = 'a'.repeat(64)
  await write('silk', 'key', 'k', { name: 'k', scope: 'server', hash, last_four: 'abcd', origins: [] })
  await write('', 'user', 'ted@x', { email: 'ted@x', name: '', password_hash: 'x', roles: { silk: 'owner' } })
  // All that the removal did before its process was killed.
  await write('silk', 'store', 'silk', null, 1)
  const listener = redis.duplicate()
  await listener.subscribe('changed')
  const heard = new Promise((resolve) => listener.once('message', (_, message) => resolve(JSON.parse(message))))
  expect(await emptyRemovedStore(world(), { store_id: 'silk' })).toEqual({ did: { tables: 0, settings: 2 } })
  expect(await heard).toEqual({ store_id: 'silk', what: 'settings' })
  listener.disconnect()
  expect(await readSettings(warehouse, 'key', { store_id: 'silk' })).toEqual([])
  expect(await readSettings(warehouse, 'user', { id: 'ted@x' })).toEqual([])
  expect(await emptyRemovedStore(world(), { store_id: 'silk' })).toEqual({ did: { tables: 0, settings: 0 } })
})

test('a store that stands again keeps its rows', async () => {
  await makeStore(world(), { store_id: 'tea', value, actor: 'test' })
  await arrive()
  expect(await emptyRemovedStore(world(), { store_id: 'tea' })).toEqual({ did: {} })
  expect(await count()).toBe(1)
})
