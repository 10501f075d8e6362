import { expect, test } from 'vitest'
import { Personal } from './events/personal.ts'
import { rejectedLine } from './rejected.ts'

const personal = new Personal('secret')
const problem = { code: 'invalid_field', path: '', message: 'is wrong' } as const
const facts = { store_id: 'main', personal, receivedAt: Date.UTC(2026, 10, 11), kind: 'event', protocol: 'segment' }
const payloadOf = (payload: unknown): string => JSON.parse(rejectedLine({ ...facts, problem, payload })).payload

const person = {
  writeKey: 'a-server-key',
  userId: '13800138000',
  traits: { name: 'Zhang San', phone: '010-12345678' },
  properties: { user_password: 'hunter2', address: 'Long Street' },
}
const leaks = /a-server-key|13800138000|Zhang|12345678|hunter2|Long Street/

test.each([
  ['an object', person],
  ['a list', [[person]]],
  [
    'more values than are kept',
    { ...person, list: Array.from({ length: 100 }, () => ({ ...person, a: [1, 2, 3, 4] })) },
  ],
  ['a broken line', JSON.stringify(person).slice(0, -2)],
  ['a text', JSON.stringify(person)],
])('%s that is refused is kept without persons and secrets', (_, payload) => {
  const kept = payloadOf(payload)
  expect(kept).not.toMatch(leaks)
  expect(kept).toContain(personal.hash('13800138000'))
})

test('what is nested a hundred thousand times is refused like anything else', () => {
  const list = JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`)
  const object = JSON.parse(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`)
  for (const payload of [list, object]) expect(payloadOf(payload)).toMatch(/^[[{]/)
})

test('what is no object keeps its text', () => {
  expect([7, null, true].map(payloadOf)).toEqual(['7', 'null', 'true'])
})
