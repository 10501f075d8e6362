import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { settingsActors, settingsHistory } from './history.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  const row = (store_id: string, kind: string, version: number, value: string, actor: string, at: string) => ({
    ...{ store_id, kind, id: 'x', version, value, actor },
    at: `2026-11-${at} 00:00:00.000`,
  })
  const values = [
    row('tea', 'store', 1, 'a', 'ann', '01'),
    row('tea', 'store', 2, 'b', 'bob', '02'),
    row('tea', 'store', 3, '', 'ann', '03'),
    row('rice', 'store', 1, 'c', 'ann', '02'),
    row('', 'user', 1, 'd', 'bob', '04'),
  ]
  await opened.warehouse.insert({ table: 'settings', values, format: 'JSONEachRow' })
})
afterAll(() => opened.close())

const told = async (params: Parameters<typeof settingsHistory>[1]) =>
  (await settingsHistory(opened.warehouse, params)).map(
    ({ store_id, version, before, value, actor }) => `${store_id} ${version}: ${before}→${value} by ${actor}`,
  )

test('the newest change comes first, with what stood before', async () => {
  expect(await told({ store_ids: ['tea'] })).toEqual(['tea 3: b→ by ann', 'tea 2: a→b by bob', 'tea 1: →a by ann'])
})

test('stores, kind, person and period narrow it, and what stood before stays true', async () => {
  expect(await told({ store_ids: ['tea', ''], actor: 'bob' })).toEqual([' 1: →d by bob', 'tea 2: a→b by bob'])
  expect(await told({ store_ids: ['*'], kind: 'user' })).toEqual([' 1: →d by bob'])
  expect(await told({ store_ids: ['*'], from: '2026-11-02T00:00:00Z', to: '2026-11-03T00:00:00Z' })).toEqual([
    'rice 1: →c by ann',
    'tea 2: a→b by bob',
  ])
  expect(await told({ store_ids: ['*'], limit: 1, offset: 1 })).toEqual(['tea 3: b→ by ann'])
})

test('it says who changed something, and how often', async () => {
  expect(await settingsActors(opened.warehouse, { store_ids: ['tea'] })).toEqual([
    { actor: 'ann', changes: 2 },
    { actor: 'bob', changes: 1 },
  ])
})
