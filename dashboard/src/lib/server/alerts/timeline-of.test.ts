import type { IncidentVersion, Transition } from '@guanlan/warehouse/alerts/incident'
import { expect, test } from 'vitest'
import { timelineOf } from './timeline-of.ts'

const version = (at: number, transition: Transition, notify: string[] = [], value: object = {}) =>
  ({ version: at, transition, actor: 'watch', at: `2026-11-11T00:0${at}:00.000Z`, notify, value }) as unknown as IncidentVersion // biome-ignore format: one shape

const names = new Map([
  ['a', '值班群'],
  ['b', '邮箱'],
])

test('the newest comes first, and updates that follow each other are one', () => {
  const told = timelineOf(
    [
      version(1, 'opened'),
      version(2, 'updated'),
      version(3, 'updated'),
      version(4, 'commented', [], { comments: [{ text: '在看' }] }),
      version(5, 'updated'),
    ],
    [],
    names,
  )
  expect(told.map(({ version, transition, times, text }) => [version, transition, times, text])).toEqual([
    [5, 'updated', 1, ''],
    [4, 'commented', 1, '在看'],
    [3, 'updated', 2, ''],
    [1, 'opened', 1, ''],
  ])
})

test('who has not been tried yet waits, and who was reached through another is told with it', () => {
  const at = '2026-11-11T00:02:00Z'
  const row = { incident_version: 1, contact_point_id: 'a', attempts: 6, next_at: at, error: '', at }
  const [entry] = timelineOf(
    [version(1, 'opened', ['a', 'b', 'gone'])],
    [
      { ...row, status: 'sent', reached: 'b' },
      { ...row, contact_point_id: 'gone', status: 'retrying', reached: 'gone' },
    ],
    names,
  )
  expect(entry?.deliveries.map(({ name, status, fallback, next_at }) => [name, status, fallback, next_at])).toEqual([
    ['值班群', 'sent', '邮箱', null],
    ['邮箱', 'waiting', null, null],
    ['gone', 'retrying', null, at],
  ])
})
