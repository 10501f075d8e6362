import { connectWarehouse } from '@guanlan/warehouse/client'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KnownSnapshots } from './known-snapshots.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  const row = (path: string, age_days: number, store_id = 's') => ({
    ...{ store_id, path, version: 'v1', width_class: 'phone', content_hash: 'h' },
    taken_at: new Date(Date.now() - age_days * 86_400_000).toISOString().replace('T', ' ').slice(0, 23),
  })
  const values = [row('/product/p-001', 1), row('/cart', 31), row('/', 1, 'other')]
  await opened.warehouse.insert({ table: 'page_snapshots', values, format: 'JSONEachRow' })
})
afterAll(() => opened.close())

const copy = (page: string, values: object = {}) => ({ store_id: 's', page, version: 'v1', width_class: 'phone', ...values }) // biome-ignore format: one line
const patterns = () => ['/product/*']

test('a copy is wanted of what has none, or an old one, once it is known what there is', async () => {
  const known = new KnownSnapshots({ warehouse: opened.warehouse, patterns })
  expect(known.wants(copy('/'))).toBe(false)
  await known.load('s')
  expect(known.wants(copy('/product/*'))).toBe(false)
  expect(known.wants(copy('/product/*', { version: 'v2' }))).toBe(true)
  expect(known.wants(copy('/product/*', { width_class: 'wide' }))).toBe(true)
  expect(known.wants(copy('/cart'))).toBe(true)
  expect(known.wants(copy('/'))).toBe(true)
})

test('one is asked at a time, another a minute later, and nobody once it is there', async () => {
  let now = Date.now()
  const known = new KnownSnapshots({ warehouse: opened.warehouse, patterns, now: () => now })
  await known.load('s')
  expect([known.wants(copy('/')), known.wants(copy('/')), known.has(copy('/'))]).toEqual([true, false, false])
  now += 60_000
  expect(known.wants(copy('/'))).toBe(true)
  known.add(copy('/'))
  now += 3_600_000
  expect([known.wants(copy('/')), known.has(copy('/'))]).toEqual([false, true])
})

test('past the bound nobody is asked any more', async () => {
  const known = new KnownSnapshots({ warehouse: opened.warehouse, patterns, most: 2 })
  await known.load('s')
  expect(['/1', '/2', '/1'].map((page) => known.wants(copy(page)))).toEqual([true, false, false])
  expect(known.size).toBe(2)
})

test('while ClickHouse is away no copy is wanted, and it is asked again ten seconds later at the earliest', async () => {
  let now = Date.now()
  let failures = 0
  const away = connectWarehouse('http://127.0.0.1:1', 'test')
  const known = new KnownSnapshots({ warehouse: away, patterns, now: () => now, onFailed: () => failures++ })
  expect(known.wants(copy('/'))).toBe(false)
  await known.load('s')
  await known.load('s')
  expect([known.wants(copy('/')), failures]).toEqual([false, 1])
  now += 10_000
  await known.load('s')
  expect(failures).toBe(2)
  await away.close()
})
