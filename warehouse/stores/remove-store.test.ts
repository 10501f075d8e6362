import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Kind, Value } from '../settings/kinds.ts'
import { currentVersion, readDeleted, readSettings } from '../settings/read.ts'
import { writeSetting } from '../settings/write.ts'
import { openTestWarehouse } from '../testing.ts'
import { startRedis } from '../testing-redis.ts'
import { deletionOf, emptyStore, tablesOfStores } from './empty-store.ts'
import { endSettings } from './end-settings.ts'
import { makeStore } from './make-store.ts'
import { mayTakeCurrency } from './may-take-currency.ts'
import { removeStore } from './remove-store.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  server = await startRedis()
})
afterAll(async () => {
  await server.stop()
  await opened.close()
})

const world = () => ({ warehouse: opened.warehouse, redis: server.redis })
const ask = async <Row>(query: string) => (await opened.warehouse.query({ query, format: 'JSONEachRow' })).json<Row>()
const write = <K extends Kind>(store_id: string, kind: K, id: string, value: Value<K>) =>
  writeSetting(world(), { store_id, kind, id, read_version: 0, value, actor: 'test' })
const make = (store_id: string) => {
  const value = { name: store_id, time_zone: 'UTC', currency: 'CNY', trusts_sender_sessions: false }
  return makeStore(world(), { store_id, value, actor: 'test' })
}
/** How many rows the store has in each table that has any. */
const rows = async (store_id: string) => {
  const counts = tablesOfStores.map(
    (name) => `SELECT '${name}' AS name, count() AS n FROM ${name} WHERE store_id = '${store_id}'`,
  )
  const found = await ask<{ name: string; n: number }>(counts.join(' UNION ALL '))
  return found.filter(({ n }) => n > 0).map(({ name }) => name)
}
/** One row in every table, of this moment: many keep their rows for a while only. */
const fill = async (store_id: string) => {
  const dates = await ask<{ table: string; names: string[] }>(`
    SELECT table, groupArrayIf(name, match(type, '^(Nullable\\(|SimpleAggregateFunction\\(max, )?Date')) AS names
    FROM system.columns
    WHERE database = currentDatabase() AND default_kind = ''
    GROUP BY table`)
  for (const name of tablesOfStores) {
    const times = dates.find(({ table }) => table === name)?.names ?? []
    const columns = ['store_id', ...times].join(', ')
    const values = [`'${store_id}'`, ...times.map(() => 'now()')].join(', ')
    await opened.warehouse.command({ query: `INSERT INTO ${name} (${columns}) SELECT ${values}` })
  }
}

test('the tables that are emptied are all that have rows of stores, and none but settings is left out', async () => {
  const all = await ask<{ table: string }>(`
    SELECT table FROM system.columns
    WHERE database = currentDatabase() AND name = 'store_id'
      AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree')`)
  expect(all.map(({ table }) => table).sort()).toEqual([...tablesOfStores, 'settings'].sort())
})

test('a removed store has no row in any table, at once, and another keeps all of its own', async () => {
  await make('tea')
  await make('rice')
  await fill('tea')
  await fill('rice')
  expect(await rows('tea')).toHaveLength(tablesOfStores.length)
  const { version } = await currentVersion(opened.warehouse, { kind: 'store', store_id: 'tea', id: 'tea' })
  const emptied = await removeStore(world(), { store_id: 'tea', read_version: version, actor: 'ann' })
  expect(emptied.sort()).toEqual([...tablesOfStores].sort())
  expect(await rows('tea')).toEqual([])
  expect(await rows('rice')).toHaveLength(tablesOfStores.length)
})

test('its settings end under the name of who removed it, and so do roles in it', async () => {
  await make('silk')
  const at = '2026-11-11T00:00:00Z'
  await write('silk', 'annotation', 'a', { at, type: 'note', text: 'here' })
  await write('rice', 'annotation', 'a', { at, type: 'note', text: 'there' })
  const person = (email: string, roles: Value<'user'>['roles']) =>
    write('', 'user', email, { email, name: '', password_hash: 'x', roles })
  await person('both@x', { silk: 'owner', rice: 'viewer' })
  await person('one@x', { silk: 'owner' })
  await person('all@x', { '*': 'owner' })
  await removeStore(world(), { store_id: 'silk', read_version: 1, actor: 'ann' })
  expect(await readSettings(opened.warehouse, 'store', { store_id: 'silk' })).toEqual([])
  expect(await readDeleted(opened.warehouse, 'store', { store_id: 'silk' })).toMatchObject([
    { id: 'silk', version: 2, actor: 'ann' },
  ])
  expect(await readSettings(opened.warehouse, 'annotation')).toMatchObject([{ store_id: 'rice' }])
  const users = await readSettings(opened.warehouse, 'user')
  expect(users.map(({ id, value }) => [id, value.roles])).toEqual([
    ['all@x', { '*': 'owner' }],
    ['both@x', { rice: 'viewer' }],
  ])
})

const annotation = { at: '2026-11-11T00:00:00Z', type: 'note', text: 'here' } as const

test('a setting that is changed while its store is removed ends all the same', async () => {
  await make('jade')
  await write('jade', 'annotation', 'a', annotation)
  let asked = 0
  const raced = new Proxy(opened.warehouse, {
    get: (target, name) =>
      name === 'query'
        ? async (question: Parameters<typeof target.query>[0]) => {
            const answer = await target.query(question)
            if (question.query.includes(`kind != 'store'`) && asked++ === 0) {
              const change = { ...annotation, text: 'changed meanwhile' }
              const document = { store_id: 'jade', kind: 'annotation', id: 'a', read_version: 1 } as const
              await writeSetting(world(), { ...document, value: change, actor: 'bob' })
            }
            return answer
          }
        : Reflect.get(target, name).bind(target),
  })
  await removeStore({ ...world(), warehouse: raced }, { store_id: 'jade', read_version: 1, actor: 'ann' })
  expect(asked).toBeGreaterThan(0)
  expect(await readSettings(opened.warehouse, 'annotation', { store_id: 'jade' })).toEqual([])
})

test('a store made again after a removal that was interrupted has none of its old settings and roles', async () => {
  await make('wool')
  await write('wool', 'annotation', 'a', annotation)
  const ned = { email: 'ned@x', name: '', password_hash: 'x', roles: { wool: 'owner', rice: 'viewer' } } as const
  await write('', 'user', 'ned@x', ned)
  // All that the removal did before its process was killed.
  const store = { store_id: 'wool', kind: 'store', id: 'wool', read_version: 1 } as const
  await writeSetting(world(), { ...store, value: null, actor: 'ann' })
  await make('wool')
  expect(await readSettings(opened.warehouse, 'annotation', { store_id: 'wool' })).toEqual([])
  const [user] = await readSettings(opened.warehouse, 'user', { id: 'ned@x' })
  expect([user?.value.roles, user?.actor]).toEqual([{ rice: 'viewer' }, 'ann'])
})

test('of a store that stands nothing is ended', async () => {
  await write('wool', 'annotation', 'b', annotation)
  expect(await endSettings(world(), 'wool')).toBe(0)
  expect(await readSettings(opened.warehouse, 'annotation', { store_id: 'wool' })).toHaveLength(1)
})

test('who saw an older version of the store removes nothing', async () => {
  await make('salt')
  await fill('salt')
  const removal = removeStore(world(), { store_id: 'salt', read_version: 0, actor: 'ann' })
  await expect(removal).rejects.toThrow('This was changed by test meanwhile.')
  expect(await rows('salt')).toHaveLength(tablesOfStores.length)
})

test('a store made again under the name begins empty, though rows came after the removal', async () => {
  await opened.warehouse.command({ query: `INSERT INTO events (store_id) VALUES ('tea')` })
  expect(await rows('tea')).toContain('events')
  await make('tea')
  expect(await rows('tea')).toEqual([])
  await expect(make('tea')).rejects.toThrow('There is a store tea already.')
})

test('emptying ends when the store is not to be emptied any more', async () => {
  await emptyStore(opened.warehouse, 'salt', { goOn: async () => false })
  expect(await rows('salt')).toHaveLength(tablesOfStores.length)
})

test('a store takes another currency until amounts stand in one', async () => {
  const may = (store_id: string, to: string) => mayTakeCurrency(opened.warehouse, { store_id, from: 'CNY', to })
  expect([await may('tea', 'USD'), await may('rice', 'USD'), await may('rice', 'CNY')]).toEqual([true, false, true])
})

test('on a cluster the local tables are emptied on every shard', async () => {
  const statements = deletionOf('events', 'shops')
  expect(statements).toEqual([
    'DELETE FROM events_local ON CLUSTER shops WHERE store_id = {store_id:String}',
    'ALTER TABLE events_local ON CLUSTER shops APPLY DELETED MASK',
  ])
  for (const sql of statements) {
    await opened.warehouse.command({ query: 'SELECT formatQuery({sql:String})', query_params: { sql } })
  }
})
