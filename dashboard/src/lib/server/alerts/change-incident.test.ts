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

test('who acknowledges an incident is at all of its cause, each with an entry of its own, and gives them back together', async () => {
  await insertIncident(world, 'head', incidentOf(), { notify: ['group'] })
  await insertIncident(world, 'part', incidentOf({ group: 'head' }))
  await insertIncident(world, 'mine', incidentOf({ group: 'head' }))
  await insertIncident(world, 'over', incidentOf({ group: 'head', state: 'resolved', resolved_at: '2026-11-11T03:00:00.000Z' })) // biome-ignore format: one value
  await insertIncident(world, 'apart', incidentOf())
  const stands = async (id: string) => {
    const { actor, transition, value } = (await versions(id)).at(-1) ?? {}
    return `${actor} ${transition} ${value?.state} ${value?.acknowledged?.by}`
  }
  await change('mine', 'bob')
  expect(await change('head', 'ann')).toMatchObject({ transition: 'acknowledged', notify: ['group'] })
  expect(await Promise.all(['head', 'part', 'mine', 'over', 'apart'].map(stands))).toEqual(['ann acknowledged acknowledged ann', 'ann acknowledged acknowledged ann', 'bob acknowledged acknowledged bob', 'watch opened resolved undefined', 'watch opened open undefined']) // biome-ignore format: one list
  // Only the first of them is told.
  expect((await versions('part')).at(-1)?.notify).toEqual([])
  expect(await change('head', 'ann', { action: { do: 'release' } })).toMatchObject({
    transition: 'released',
    notify: ['group'],
  })
  expect(await Promise.all(['head', 'part', 'mine'].map(stands))).toEqual(['ann released open undefined', 'ann released open undefined', 'bob acknowledged acknowledged bob']) // biome-ignore format: one list
  expect(await change('head', 'ann', { action: { do: 'release' } })).toMatchObject({ code: 'not_acknowledged' })
  // One of the others alone is that one alone.
  await change('part', 'ann')
  expect(await stands('head')).toBe('ann released open undefined')
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
