import type { IncidentVersion, Transition } from '@guanlan/warehouse/alerts/incident'
import { expect, test } from 'vitest'
import { overtaken } from './overtaken.ts'

const timeline = (...versions: [Transition, string][]) =>
  versions.map(([transition, actor], at) => ({ version: at + 1, transition, actor })) as unknown as IncidentVersion[]

const ann = { seen: 1, by: 'ann' }

test('who takes an incident that somebody else has taken since is told by whom', () => {
  const versions = timeline(['opened', 'watch'], ['owned', 'bob'], ['updated', 'watch'])
  expect(overtaken(versions, { ...ann, action: { do: 'own', owner: 'ann' } })?.actor).toBe('bob')
  expect(overtaken(versions, { ...ann, seen: 2, action: { do: 'own', owner: 'ann' } })).toBeUndefined()
})

test('numbers that moved, comments, and what oneself did are no conflict', () => {
  const versions = timeline(['opened', 'watch'], ['updated', 'watch'], ['commented', 'bob'], ['silenced', 'ann'])
  expect(overtaken(versions, { ...ann, action: { do: 'silence', until: '' } })).toBeUndefined()
  expect(overtaken(versions, { ...ann, action: { do: 'rate', feedback: 'noise' } })).toBeUndefined()
})

test('nobody ends an incident that somebody has just begun to work on', () => {
  const versions = timeline(['opened', 'watch'], ['acknowledged', 'bob'])
  expect(overtaken(versions, { ...ann, action: { do: 'resolve' } })?.transition).toBe('acknowledged')
  expect(overtaken(versions, { ...ann, action: { do: 'comment', text: 'x' } })).toBeUndefined()
})
