import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { announceChanged, changedChannel } from '@guanlan/jobs/changed'
import { connectWarehouse } from '@guanlan/warehouse/client'
import { readKeyUse } from '@guanlan/warehouse/settings/key-use'
import type { Kind, Value } from '@guanlan/warehouse/settings/kinds'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { removeStore } from '@guanlan/warehouse/stores/remove-store'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, openTestIngest, type TestIngest, temporaryDirectory, until } from '../testing.ts'
import { Directory } from './directory.ts'

let ingest: TestIngest

const write = <K extends Kind>(kind: K, store_id: string, id: string, value: Value<K>) =>
  writeSetting(ingest.world, { kind, store_id, id, read_version: 0, value, actor: 'test' })

const key = (store_id: string, scope: 'write' | 'server' | 'read', value: string, origins: string[] = []) =>
  write('key', store_id, value, {
    name: value,
    scope,
    hash: createHash('sha256').update(value).digest('hex'),
    last_four: value.slice(-4),
    origins,
  })

beforeAll(async () => {
  ingest = await openTestIngest()
  const store = { time_zone: 'UTC', currency: 'USD', trusts_sender_sessions: false }
  await write('store', 'other', 'other', { name: 'Other', ...store })
  await key('other', 'write', 'other-write')
  await key('other', 'server', 'other-server')
  await key('other', 'read', 'other-read')
  await key('other', 'write', 'other-bound', ['https://shop.example'])
  await ingest.world.directory.refresh()
})
afterAll(() => ingest.close())

const put = (id: string, body: unknown, value = keys.server) =>
  ingest.app.request(`/v1/stores/${id}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${value}` },
  })

test.each([
  // what, key, store_id: status of events, records and PUT of that store (main when none is named)
  ['no key', '', '', 401, 401, 401],
  ['an unknown key', 'nonsense-nonsense', '', 401, 401, 401],
  ['the write key', keys.write, '', 200, 403, 403],
  ['the write key, its store named', keys.write, 'main', 200, 403, 403],
  ['the write key for another store', keys.write, 'other', 403, 403, 403],
  ['the server key without a store', keys.server, '', 422, 422, 200],
  ['the server key', keys.server, 'main', 200, 200, 200],
  ['the server key for a store that is not', keys.server, 'nowhere', 404, 404, undefined],
  ['the read key', keys.read, 'main', 403, 403, 403],
  ['a write key of a store', 'other-write', '', 200, 403, 403],
  ['a write key of a store for another', 'other-write', 'main', 403, 403, 403],
  ['a server key of a store', 'other-server', 'other', 200, 200, 200],
  ['a server key of a store, not named', 'other-server', '', 200, 200, 403],
  ['a server key of a store for another', 'other-server', 'main', 403, 403, 403],
  ['a read key of a store', 'other-read', 'other', 403, 403, 403],
])('%s opens what it should', async (_, value, store, events, records, stores) => {
  const query = store && `?store_id=${store}`
  expect((await ingest.send(`/v1/batch${query}`, { batch: [] }, { key: value })).status).toBe(events)
  expect((await ingest.send(`/v1/records/orders${query}`, [], { key: value })).status).toBe(records)
  if (stores === undefined) return
  const body =
    store === 'other'
      ? { name: 'Other', time_zone: 'UTC', currency: 'USD' }
      : { name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
  expect((await put(store || 'main', body, value)).status).toBe(stores)
})

test('a key is taken as user name of Basic, as Segment’s libraries send it', async () => {
  const authorization = `Basic ${Buffer.from(`${keys.write}:`).toString('base64')}`
  expect((await ingest.send('/v1/batch', { batch: [] }, { key: '', headers: { authorization } })).status).toBe(200)
})

test('a key that names its origins is refused to browsers elsewhere', async () => {
  const send = (headers: Record<string, string>) =>
    ingest.send('/v1/batch', { batch: [] }, { key: 'other-bound', headers })
  expect((await send({ origin: 'https://shop.example' })).status).toBe(200)
  expect((await send({})).status).toBe(200)
  const refused = await send({ origin: 'https://thief.example' })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ detail: 'This key may not be used from https://thief.example.' })
})

test('when a key was used last is noted, and what was refused is no use of it', async () => {
  const value = 'seldom-used'
  await key('other', 'write', value, ['https://shop.example'])
  await ingest.world.directory.refresh()
  const hashes = [createHash('sha256').update(value).digest('hex')]
  const send = (origin: string) => ingest.send('/v1/batch', { batch: [] }, { key: value, headers: { origin } })
  const before = Date.now()
  expect((await send('https://thief.example')).status).toBe(403)
  expect(await readKeyUse(ingest.world.redis, hashes)).toEqual([null])
  expect((await send('https://shop.example')).status).toBe(200)
  const [used] = await readKeyUse(ingest.world.redis, hashes)
  expect(Number(used)).toBeGreaterThanOrEqual(before)
})

test('a problem says what to do and never repeats a key', async () => {
  const answer = await ingest.send('/v1/records/orders', [], { key: 'nonsense-nonsense' })
  expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  expect(await answer.json()).toEqual({
    type: 'urn:guanlan:problem:unknown_key',
    title: 'The key is not known',
    status: 401,
    detail: 'This key is not known here.',
  })
})

test('a key that was made a moment ago is known as soon as somebody says so', async () => {
  await key('main', 'server', 'fresh-server')
  await announceChanged(ingest.world.redis, { store_id: 'main', what: 'settings' })
  await until('the new key is known', () => ingest.world.directory.key('fresh-server') !== undefined)
})

test('a key is nobody’s from the moment it expires', async () => {
  const value = 'short-lived-server'
  const hash = createHash('sha256').update(value).digest('hex')
  const expires = (at: number) => ({
    ...{ name: value, scope: 'server' as const, hash, last_four: 'rver', origins: [] },
    expires_at: new Date(at).toISOString(),
  })
  await write('key', 'main', value, expires(Date.now() + 60_000))
  await ingest.world.directory.refresh()
  expect((await ingest.send('/v1/records/orders', [], { key: value })).status).toBe(200)
  await write('key', 'main', `${value}-2`, { ...expires(Date.now() - 1), hash })
  await ingest.world.directory.refresh()
  expect((await ingest.send('/v1/records/orders', [], { key: value })).status).toBe(401)
})

test('a store that was removed takes nothing more, though the environment names it, until it is made again', async () => {
  const send = () => ingest.send('/v1/batch', { batch: [] })
  expect((await send()).status).toBe(200)
  await removeStore(ingest.world, { store_id: 'main', read_version: 1, actor: 'test' })
  await announceChanged(ingest.world.redis, { store_id: 'main', what: 'settings' })
  await until('the store is not known any more', () => ingest.world.directory.store('main') === undefined)
  expect((await send()).status).toBe(404)
  expect((await put('main', { name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' })).status).toBe(201)
  expect((await send()).status).toBe(200)
})

test('a store is made, changed, and left as it is when nothing changes', async () => {
  const body = { name: 'New', time_zone: 'Europe/London', currency: 'GBP' }
  expect((await put('new', body)).status).toBe(201)
  const order = {
    order_id: 'o',
    status: 'paid',
    placed_at: '2026-01-01T00:00:00Z',
    gross: 1,
    updated_at: '2026-01-01T00:00:00Z',
  }
  await ingest.send('/v1/records/orders?store_id=new', [order], { key: keys.server })
  expect((await put('new', { ...body, name: 'Newer' })).status).toBe(200)
  expect((await put('new', { ...body, name: 'Newer' })).status).toBe(200)
  const versions = await ingest.ask(`SELECT max(version) AS newest FROM settings WHERE kind = 'store' AND id = 'new'`)
  expect(versions).toEqual([{ newest: 2 }])
  const refused = await put('new', { ...body, currency: 'EUR' })
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({
    detail: 'The store new has amounts in GBP; it cannot turn to EUR.',
    errors: [{ path: 'currency' }],
  })
})

test.each([
  ['ok', { name: '', time_zone: 'UTC', currency: 'CNY' }, 'name'],
  ['ok', { name: 'x', time_zone: 'Mars/Base', currency: 'CNY' }, 'time_zone'],
  ['ok', { name: 'x', time_zone: 'UTC', currency: 'yuan' }, 'currency'],
  ['Not%20ok', { name: 'x', time_zone: 'UTC', currency: 'CNY' }, 'id'],
])('a store %s with %j is refused for its %s', async (id, body, path) => {
  const answer = await put(id, body)
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ errors: [{ path }] })
})

test('a refresh that is asked for while another one reads sees what was written in between', async () => {
  const directory = await temporaryDirectory()
  const gate = Promise.withResolvers<void>()
  let held = 0
  let isSlow = false
  const warehouse = new Proxy(ingest.world.warehouse, {
    get: (target, name) => {
      if (name !== 'query') return Reflect.get(target, name)
      return async (asked: Parameters<typeof target.query>[0]) => {
        const answer = await target.query(asked)
        if (isSlow) {
          held++
          await gate.promise
        }
        return answer
      }
    },
  })
  const options = {
    log: pino({ level: 'silent' }),
    file: join(directory, 'known.json'),
    given: { stores: [], keys: [] },
  }
  const known = await Directory.open({ warehouse, ...options })
  isSlow = true
  void known.refresh()
  await until('stores, keys and tracking are read', () => held === 4)
  isSlow = false
  await key('main', 'write', 'made-meanwhile')
  const after = known.refresh()
  gate.resolve()
  await after
  expect(known.key('made-meanwhile')?.store_id).toBe('main')
  await rm(directory, { recursive: true, force: true })
})

test('what others say on the channel of changes is not heard', async () => {
  await ingest.world.redis.publish(changedChannel, 'not JSON')
  await key('main', 'server', 'after-noise')
  await announceChanged(ingest.world.redis, { store_id: 'main', what: 'settings' })
  await until('the key is known', () => ingest.world.directory.key('after-noise') !== undefined)
})

test('what was known last counts while ClickHouse is away at the start', async () => {
  const directory = await temporaryDirectory()
  const given = { stores: [], keys: [] }
  const log = pino({ level: 'silent' })
  const file = join(directory, 'ingest', 'known.json')
  await Directory.open({ warehouse: ingest.world.warehouse, log, file, given })
  const away = connectWarehouse('http://127.0.0.1:18399', 'test')
  const known = await Directory.open({ warehouse: away, log, file, given })
  expect(known.fresh).toBe(false)
  expect(known.key('other-write')?.store_id).toBe('other')
  expect(known.store('other')?.currency).toBe('USD')
  expect(await readFile(file, 'utf8')).not.toContain('other-write')
  await rm(directory, { recursive: true, force: true })
})
