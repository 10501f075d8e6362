import { expect, test } from 'vitest'
import { act } from './act.ts'
import { openIncident } from './testing-incident.ts'

const at = new Date('2026-11-11T12:05:00.000Z')
const by = 'a@shop.cn'

test('what is done to an incident is in its next version', () => {
  expect(act(openIncident(), { do: 'acknowledge' }, { by, at })).toMatchObject({
    transition: 'acknowledged',
    value: { state: 'acknowledged', acknowledged: { at: '2026-11-11T12:05:00.000Z', by } },
  })
  expect(act(openIncident(), { do: 'silence', until: '2026-11-11T21:00:00+08:00' }, { by, at })).toMatchObject({
    transition: 'silenced',
    value: { state: 'open', silenced_until: '2026-11-11T13:00:00.000Z' },
  })
  expect(act(openIncident(), { do: 'comment', text: 'looking' }, { by, at }).value.comments).toEqual([
    { at: '2026-11-11T12:05:00.000Z', by, text: 'looking' },
  ])
  expect(act(openIncident(), { do: 'resolve' }, { by, at }).value).toMatchObject({
    state: 'resolved',
    resolved_at: '2026-11-11T12:05:00.000Z',
  })
})

test('a link works once, and what makes no sense any more is refused', () => {
  const { value } = act(openIncident(), { do: 'acknowledge' }, { by, at, nonce: 'n' })
  expect(value.links_used).toEqual(['n'])
  expect(() => act(value, { do: 'comment', text: 'x' }, { by, at, nonce: 'n' })).toThrow(/used already/)
  expect(() => act(value, { do: 'acknowledge' }, { by, at })).toThrow(/a@shop.cn has acknowledged/)
  const over = openIncident({ state: 'resolved' })
  expect(() => act(over, { do: 'acknowledge' }, { by, at })).toThrow(/is over/)
  expect(act(over, { do: 'rate', feedback: 'noise' }, { by, at }).value.feedback).toBe('noise')
})
