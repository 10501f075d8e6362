import { expect, test } from 'vitest'
import { kinds, type Value } from '../settings/kinds.ts'
import type { Transition } from './incident.ts'
import { recipientsOf, silenceOf } from './recipients.ts'
import { openIncident } from './testing-incident.ts'

const setting = { store_id: 's', version: 1, actor: 'test', at: '' }
const point = (id: string, values: Partial<Value<'contact_point'>> = {}) => ({
  ...{ ...setting, id },
  value: kinds.contact_point.parse({ name: id, type: 'wecom', sealed: 'x', hint: 'x', ...values }),
})
const contactPoints = [point('group', { is_default: true }), point('boss'), point('off', { is_default: true, enabled: false })] // biome-ignore format: a list
const ruleOf = (values: object) => ({
  ...{ ...setting, id: 'r' },
  value: kinds.rule.parse({ name: 'r', metric: 'sessions', grain: 'minute', severity: 'critical', condition: { type: 'anomaly', direction: 'drop' }, ...values }), // biome-ignore format: one rule
})
const silence = (id: string, values: object) => ({
  ...{ ...setting, id },
  value: kinds.silence.parse({ reason: 'night', starts_at: '2026-11-01T00:00:00Z', ends_at: '2026-12-01T00:00:00Z', ...values }), // biome-ignore format: one silence
})
// 20:00 on a Wednesday in Shanghai.
const at = new Date('2026-11-11T12:00:00Z')
const timeZone = 'Asia/Shanghai'
const told = (
  transition: Transition,
  { incident = openIncident(), rule = ruleOf({}), silences = [] as ReturnType<typeof silence>[], before = [] as string[] } = {},
) => recipientsOf({ incident, transition, told: before }, { rule, contactPoints, silences }, { at, timeZone }) // biome-ignore format: one question

test('a rule’s own contact points are told, else the defaults, and never one that is switched off or gone', () => {
  expect(told('opened')).toEqual(['group'])
  expect(told('opened', { rule: ruleOf({ notify: ['boss', 'gone', 'off'] }) })).toEqual(['boss'])
  expect(told('updated')).toEqual([])
  expect(told('opened', { incident: openIncident({ group: 'another' }) })).toEqual([])
})

test('who heard that it opened hears that it ended, whatever silence began meanwhile', () => {
  const silences = [silence('all', {})]
  expect(told('opened', { silences })).toEqual([])
  expect(told('resolved', { silences, before: ['group', 'gone'] })).toEqual(['group'])
  expect(told('acknowledged', { silences, before: ['boss'] })).toEqual(['boss'])
})

test('an escalation goes to those named for it, and to all who were told, each once', () => {
  const rule = ruleOf({ escalate: { after_minutes: 10, notify: ['boss', 'group'] } })
  expect(told('escalated', { rule, before: ['group'] })).toEqual(['boss', 'group'])
  const incident = openIncident({ silenced_until: '2026-11-11T12:30:00.000Z' })
  expect(told('escalated', { rule, incident })).toEqual([])
})

test('a silence is of its rules, its slice and its hours, which may go past midnight', () => {
  const of = (values: object, moment = at) => silenceOf([silence('x', values)], openIncident(), moment, timeZone)?.id
  expect(of({ rules: ['r'] })).toBe('x')
  expect(of({ rules: ['other'] })).toBeUndefined()
  expect(of({ slice: { dimension: 'channel', value: 'douyin' } })).toBe('x')
  expect(of({ slice: { dimension: 'channel', value: 'baidu' } })).toBeUndefined()
  expect(of({ ends_at: '2026-11-11T12:00:00Z' })).toBeUndefined()
  // From Wednesday 22:00 to Thursday 08:00 of the store.
  const hours = { from: '22:00', to: '08:00', weekdays: [3] }
  expect(of({ hours })).toBeUndefined()
  expect(of({ hours }, new Date('2026-11-11T14:00:00Z'))).toBe('x')
  expect(of({ hours }, new Date('2026-11-11T23:59:00Z'))).toBe('x')
  expect(of({ hours }, new Date('2026-11-12T00:00:00Z'))).toBeUndefined()
  expect(of({ hours }, new Date('2026-11-10T23:59:00Z'))).toBeUndefined()
})
