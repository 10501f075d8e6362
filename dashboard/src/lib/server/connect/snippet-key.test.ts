import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formOf, openSettings } from '../../../../testing/open-settings.ts'
import type { Asker } from '../auth/asker.ts'
import { connections } from '../connections.ts'
import { makeKey, revokeKey, rotateKey } from '../settings/keys/key-actions.ts'
import { snippetKey } from './snippet-key.ts'

let world: Awaited<ReturnType<typeof openSettings>>
let ann: Asker
beforeAll(async () => {
  world = await openSettings()
  ann = await world.user('ann@x', { '*': 'owner', tea: 'viewer' })
  const value = { name: 'tea', time_zone: 'UTC', currency: 'CNY', trusts_sender_sessions: false }
  const document = { store_id: 'tea', kind: 'store', id: 'tea', read_version: 0, actor: 'test' } as const
  await writeSetting(world, { ...document, value })
})
afterAll(() => world.stop())

const told = async () => (await snippetKey(world.warehouse, 'tea', ann, connections().env)).write_key
const secretOf = (made: object): string => {
  if (!('secret' in made)) throw new Error(JSON.stringify(made))
  return String(made.secret)
}

test('snippets tell the newest write key, and none that is to end', async () => {
  expect(await told()).toBeNull()
  // Of many keys in the order of their random ids, the newest is rarely the first.
  let newest = ''
  for (let time = 1; time <= 6; time++) {
    newest = secretOf(await makeKey(ann, 'tea', await formOf({ name: `web ${time}`, scope: 'write' })))
    expect(await told()).toBe(newest)
  }
})

test('a key that is being replaced is told no more', async () => {
  for (const { id } of await readSettings(world.warehouse, 'key', { store_id: 'tea' })) {
    const fields = { id, read_version: 1, overlap: 'hour' }
    const rotated = secretOf(await rotateKey(ann, 'tea', await formOf(fields)))
    expect(await told()).toBe(rotated)
  }
  for (const { id, version, value } of await readSettings(world.warehouse, 'key', { store_id: 'tea' })) {
    if (value.expires_at === undefined) await revokeKey(ann, 'tea', await formOf({ id, read_version: version }))
  }
  expect(await readSettings(world.warehouse, 'key', { store_id: 'tea' })).not.toEqual([])
  expect(await told()).toBeNull()
})

test('who owns every store is whom to ask, whatever their role in this one', async () => {
  const vic = await world.user('vic@x', { tea: 'viewer' })
  expect(await snippetKey(world.warehouse, 'tea', vic, connections().env)).toMatchObject({
    ...{ write_key: null, ask: ['ann@x'] },
  })
})
