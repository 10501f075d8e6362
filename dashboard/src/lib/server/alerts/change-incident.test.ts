import { linkToken } from '@guanlan/warehouse/alerts/link'
import { readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { incidentOf, insertIncident } from '../../../../testing/insert-incident.ts'
import { openSettings } from '../../../../testing/open-settings.ts'
import { connections } from '../connections.ts'
import { changeIncident } from './change-incident.ts'
import { openLink } from './open-link.ts'

let world: Awaited<ReturnType<typeof openSettings>>
const store = { store_id: 'main', name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const put = (kind: 'contact_point' | 'store', id: string, value: unknown) =>
  writeSetting(world, {
    ...{ store_id: 'main', kind, id, read_version: 0, actor: 'test' },
    value: kinds[kind].parse(value) as never,
  })
const versions = (incident_id: string) => readTimeline(world.warehouse, { store_id: 'main', incident_id })
const change = (incident_id: string, by: string, more: object = {}) =>
  changeIncident({ store, incident_id, action: { do: 'acknowledge' }, by, ...more })

beforeAll(async () => {
  world = await openSettings()
  await put('store', 'main', store)
  for (const id of ['group', 'off']) {
    await put('contact_point', id, { name: id, type: 'wecom', sealed: 'x', hint: '', enabled: id === 'group' })
  }
})
afterAll(() => world.stop())

test('who was told that it opened hears that somebody has acknowledged it; who is switched off does not', async () => {
  await insertIncident(world, 'a', incidentOf(), { notify: ['group', 'off'] })
  expect(await change('a', 'ann@example.com')).toMatchObject({
    version: 2,
    notify: ['group'],
    actor: 'ann@example.com',
  })
  expect(await change('a', 'bob@example.com')).toMatchObject({ code: 'already_acknowledged' })
  expect(await versions('a')).toHaveLength(2)
})

test('of people who do something at once all are done, and what cannot be done twice is done once', async () => {
  await insertIncident(world, 'b', incidentOf())
  const texts = ['1', '2', '3', '4']
  const told = await Promise.all(texts.map((text) => change('b', text, { action: { do: 'comment', text }, seen: 1 })))
  expect(told.filter((one) => 'code' in one)).toEqual([])
  const newest = (await versions('b')).at(-1)
  expect(newest?.version).toBe(5)
  expect(newest?.value.comments.map(({ text }) => text).sort()).toEqual(texts)
  const both = await Promise.all([change('b', 'ann', { seen: 5 }), change('b', 'bob', { seen: 5 })])
  expect(both.filter((one) => 'code' in one)).toMatchObject([{ code: 'already_acknowledged' }])
})

test('an incident that is not there is none', async () => {
  expect(await change('nothing', 'ann')).toMatchObject({ code: 'gone' })
})

test('a link of a contact point that is no more opens nothing, nor does one for a store that is none', async () => {
  const key = 'key-of-the-test-instance'
  Object.assign(connections().env, { SECRET_KEY: key })
  const link = { store_id: 'main', incident_id: 'a', contact_point_id: 'group', do: 'silence', expires: 2e9 } as const
  expect(await openLink(linkToken(link, key))).toMatchObject({ by: 'group', link: { do: 'silence' } })
  expect(await openLink(linkToken({ ...link, contact_point_id: 'gone' }, key))).toBeUndefined()
  expect(await openLink(linkToken({ ...link, store_id: 'other' }, key))).toBeUndefined()
  expect(await openLink(linkToken({ ...link, incident_id: 'none' }, key))).toBeUndefined()
  expect(await openLink('')).toBeUndefined()
})
