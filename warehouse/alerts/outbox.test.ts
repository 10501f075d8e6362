import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { toClickHouse } from '../instant.ts'
import { openTestWarehouse } from '../testing.ts'
import type { Incident, Transition } from './incident.ts'
import { idempotencyKey, type Mark, markNotifications, outboxState, readGivenUp, readWaiting } from './outbox.ts'

vi.setConfig({ testTimeout: 120_000 })

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const now = new Date()
const daysAgo = (days: number) => new Date(+now - days * 24 * 3600_000)
const incident: Incident = {
  ...{ rule: { id: 'r', name: 'r', version: 1 }, metric: 'visitors', grain: 'minute', slice: null, finding: 'drop' },
  ...{ severity: 'critical', state: 'open', acknowledged: null, escalated_at: null, silenced_until: null },
  ...{ opened_at: now.toISOString(), began_at: now.toISOString(), resolved_at: null, reopened: 0, owner: '' },
  ...{ group: null, comments: [], feedback: null, links_used: [], explanation: null },
  value: { at: now.toISOString(), expected: 100, lower: 80, upper: 120, actual: 40 },
}
const explanation: Incident['explanation'] = {
  ...{
    currency: 'CNY',
    money: { expected: 2, actual: 1, gap: -1, per_hour: 1 },
    factors: null,
    causes: [],
    changes: [],
  },
  ...{ playbook: [], data_trouble: null, until: now.toISOString() },
}

const write = (
  store_id: string,
  incident_id: string,
  version: number,
  told: { transition: Transition; notify: string[]; at?: Date; value?: Incident },
) =>
  opened.warehouse.insert({
    table: 'incidents',
    values: [
      {
        ...{ store_id, incident_id, version, transition: told.transition, state: 'open', rule_id: 'r', actor: 'rules' },
        ...{ metric: 'visitors', value: JSON.stringify(told.value ?? incident), notify: told.notify },
        ...{ opened_at: toClickHouse(now), at: toClickHouse(told.at ?? now) },
      },
    ],
    format: 'JSONEachRow',
  })

const mark = (
  store_id: string,
  [incident_id, incident_version, contact_point_id]: [string, number, string],
  more: Partial<Mark>,
): Mark => ({
  notification: { store_id, incident_id, incident_version, contact_point_id, transition: 'opened' },
  ...{ status: 'sent', reached: contact_point_id, attempts: 1, next_at: now, error: '', key: 'm1' },
  ...more,
})

const waiting = async (store_id: string) =>
  (await readWaiting(opened.warehouse, { store_id, now })).map((one) => [
    ...[one.incident_id, one.incident_version, one.contact_point_id, one.target, one.attempts],
  ])

test('what incidents name and nobody was told of waits, each contact point by itself and once', async () => {
  await write('a', 'i1', 1, { transition: 'opened', notify: ['x', 'y', 'x'] })
  await write('a', 'i1', 2, { transition: 'commented', notify: [] })
  await write('a', 'i1', 3, { transition: 'resolved', notify: ['x'] })
  await write('a', 'old', 1, { transition: 'opened', notify: ['x'], at: daysAgo(8) })
  await write('other', 'i1', 1, { transition: 'opened', notify: ['x'] })
  expect(await waiting('a')).toEqual([
    ['i1', 1, 'x', 'x', 0],
    ['i1', 3, 'x', 'x', 0],
    ['i1', 1, 'y', 'y', 0],
  ])
  await markNotifications(opened.warehouse, [mark('a', ['i1', 1, 'x'], {}), mark('a', ['i1', 1, 'y'], { status: 'given_up', error: 'gone' })]) // biome-ignore format: a call
  expect(await waiting('a')).toEqual([['i1', 3, 'x', 'x', 0]])
  expect(await outboxState(opened.warehouse, { store_id: 'a' })).toMatchObject([{ waiting: 1 }])
  expect(await readGivenUp(opened.warehouse, { store_id: 'a' })).toMatchObject([
    { incident_id: 'i1', incident_version: 1, contact_point_id: 'y', transition: 'opened', error: 'gone' },
  ])
})

test('the newest row counts: what is being sent or tried again still waits, with whom it is tried at', async () => {
  await write('b', 'i1', 1, { transition: 'opened', notify: ['x'] })
  const next_at = new Date(+now + 60_000)
  await markNotifications(opened.warehouse, [mark('b', ['i1', 1, 'x'], { status: 'sending', next_at })])
  expect(await readWaiting(opened.warehouse, { store_id: 'b', now })).toMatchObject([
    { attempts: 1, next_at: next_at.toISOString(), target: 'x', message_key: 'm1' },
  ])
  await markNotifications(opened.warehouse, [
    mark('b', ['i1', 1, 'x'], { status: 'retrying', reached: 'boss', attempts: 0 }),
  ])
  expect(await waiting('b')).toEqual([['i1', 1, 'x', 'boss', 0]])
  expect(await readWaiting(opened.warehouse, { store_id: 'b', now })).toMatchObject([{ message_key: '' }])
})

test('who got the beginning in another’s place gets the rest', async () => {
  await write('c', 'i1', 1, { transition: 'opened', notify: ['x', 'y'] })
  await write('c', 'i1', 2, { transition: 'resolved', notify: ['x', 'y'] })
  await markNotifications(opened.warehouse, [
    mark('c', ['i1', 1, 'x'], { reached: 'boss' }),
    mark('c', ['i1', 1, 'y'], {}),
  ])
  expect(await waiting('c')).toEqual([
    ['i1', 2, 'x', 'boss', 0],
    ['i1', 2, 'y', 'y', 0],
  ])
})

test('a version is told as it stood, with the explanation that was found since', async () => {
  await write('d', 'i1', 1, { transition: 'opened', notify: ['x'] })
  const later = { ...incident, explanation, severity: 'info' as const }
  await write('d', 'i1', 2, { transition: 'updated', notify: [], value: later })
  const [one] = await readWaiting(opened.warehouse, { store_id: 'd', now })
  expect([one?.value.severity, one?.value.explanation]).toEqual(['critical', explanation])
})

test('a key is of the store, the incident, its version and the contact point, and of nothing else', () => {
  const one = { store_id: 'main', incident_id: 'i1', incident_version: 1, contact_point_id: 'x' }
  // printf '["main","i1",1,"x"]' | sha256sum
  expect(idempotencyKey(one)).toBe('a56afdb079e7d4ec4be0fb866d2cbd1b4a76b5939a523030f4b68d742d4bfb95')
  expect(idempotencyKey({ ...one, incident_version: 2 })).not.toBe(idempotencyKey(one))
  expect(idempotencyKey({ ...one, incident_id: 'i1","', contact_point_id: '' })).not.toBe(idempotencyKey(one))
})
