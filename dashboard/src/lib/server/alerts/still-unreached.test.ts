import type { Setting } from '@guanlan/warehouse/settings/read'
import { expect, test } from 'vitest'
import { stillUnreached } from './still-unreached.ts'

const point = (id: string, enabled = true) => ({ id, value: { name: `${id}!`, enabled } }) as Setting<'contact_point'>
const missed = (contact_point_id: string, hour: string) => ({
  ...{ contact_point_id, incident_id: `i${hour}`, error: 'HTTP 404' },
  at: `2026-11-11T${hour}:00:00.000Z`,
})

test('who was reached since needs no mending, nor who is switched off or gone', () => {
  const givenUp = [missed('a', '12'), missed('b', '11'), missed('a', '10'), missed('off', '09'), missed('gone', '08')]
  const attempts = [
    { contact_point_id: 'a', ok_at: '1970-01-01T00:00:00.000Z' },
    { contact_point_id: 'b', ok_at: '2026-11-11T11:30:00.000Z' },
  ]
  const contactPoints = [point('a'), point('b'), point('off', false)]
  expect(stillUnreached(givenUp, { attempts, contactPoints })).toEqual([
    {
      ...{ contact_point_id: 'a', name: 'a!', incident_id: 'i12', count: 2, error: 'HTTP 404' },
      at: '2026-11-11T12:00:00.000Z',
    },
  ])
})

test('who was reached before and not since is still unreached', () => {
  const attempts = [{ contact_point_id: 'a', ok_at: '2026-11-11T11:00:00.000Z' }]
  const told = stillUnreached([missed('a', '12'), missed('a', '10')], { attempts, contactPoints: [point('a')] })
  expect(told.map(({ count }) => count)).toEqual([1])
})
