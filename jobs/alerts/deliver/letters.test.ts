import type { Waiting } from '@guanlan/warehouse/alerts/outbox'
import { expect, test } from 'vitest'
import { afterFailure } from './after-failure.ts'
import { fallbackChain } from './fallback-chain.ts'
import { apart, type Letter, lettersOf, parcelsOf } from './letters.ts'
import { waitingOf } from './testing.ts'

const now = new Date('2026-11-11T03:00:00Z')
const of = (incident_id: string, incident_version: number, more: Partial<Waiting> = {}): Waiting =>
  waitingOf({ incident_id, incident_version, next_at: '1970-01-01T00:00:00.000Z', ...more })
const told = (letters: readonly Letter[]) =>
  letters.map(({ incident_id, versions }) => [incident_id, versions.map((one) => one.incident_version)])

test('what opened and was over before it could be told is one letter, with both in it', () => {
  const letters = lettersOf([of('a', 5, { transition: 'resolved' }), of('a', 1)], now)
  expect(told(letters)).toEqual([['a', [1, 5]]])
  expect(letters[0]?.newest.transition).toBe('resolved')
  expect(told(apart(letters))).toEqual([
    ['a', [1]],
    ['a', [5]],
  ])
})

test('nobody hears that it is over while that it began is still waiting for its next attempt', () => {
  const later = '2026-11-11T03:00:05.000Z'
  expect(lettersOf([of('a', 1, { next_at: later }), of('a', 5)], now)).toEqual([])
  expect(told(lettersOf([of('a', 1), of('a', 5, { next_at: later })], now))).toEqual([['a', [1]]])
})

test('the most severe comes first, then the oldest, and contact points are told apart', () => {
  const info = { value: { ...of('x', 1).value, severity: 'info' as const } }
  const letters = lettersOf(
    [
      of('late', 1, { at: '2026-11-11T02:00:00.000Z' }),
      of('info', 1, { ...info, at: '2026-11-11T00:00:00.000Z' }),
      of('early', 1, { at: '2026-11-11T01:00:00.000Z' }),
      of('early', 1, { at: '2026-11-11T01:00:00.000Z', contact_point_id: 'other', target: 'other' }),
    ],
    now,
  )
  expect(letters.map(({ incident_id, target }) => [incident_id, target])).toEqual([
    ['early', 'group'],
    ['early', 'other'],
    ['late', 'group'],
    ['info', 'group'],
  ])
})

test('a letter has the key of its newest version, so that a copy that tells more is not taken for the first', () => {
  const [first] = lettersOf([of('a', 1)], now)
  const [both] = lettersOf([of('a', 1), of('a', 5)], now)
  expect(lettersOf([of('a', 1)], now)[0]?.key).toBe(first?.key)
  expect(both?.key).not.toBe(first?.key)
})

test('what exceeds the room is told in one message', () => {
  const letters = lettersOf(
    ['a', 'b', 'c', 'd', 'e'].map((id) => of(id, 1)),
    now,
  )
  const sizes = (room: number, isMerged = true) => parcelsOf(letters, room, isMerged).map(({ length }) => length)
  expect([sizes(9), sizes(5), sizes(3), sizes(1), sizes(0)]).toEqual([
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1],
    [1, 1, 3],
    [5],
    [],
  ])
  const many = lettersOf(Array.from({ length: 40 }, (_, at) => of(`m${at}`, 1)), now) // biome-ignore format: a list
  const sizesOf = (room: number) => parcelsOf(many, room, true).map(({ length }) => length)
  expect([sizesOf(4), sizesOf(2), sizesOf(39)[38]]).toEqual([[1, 15, 15, 9], [15, 15], 2])
  expect([sizes(3, false), sizes(0, false)]).toEqual([[1, 1, 1], []])
})

test('what a message took and nobody noted goes once more as it was, whatever came since', () => {
  const waiting = [
    ...[of('a', 1, { message_key: 'm' }), of('b', 1, { message_key: 'm' }), of('b', 2), of('c', 1)],
    ...[of('d', 1, { message_key: 'n' }), of('d', 2, { message_key: 'n' })],
  ]
  const letters = lettersOf(waiting, now)
  const parcels = (room: number) => parcelsOf(letters, room, true).map(told)
  const [m, n] = [[['a', [1]], ['b', [1]]], [['d', [1, 2]]]] // biome-ignore format: two parcels
  expect(parcels(9)).toEqual([m, n, [['c', [1]]]])
  expect(parcels(2)).toEqual([m, n])
  expect(parcels(1)).toEqual([m])
})

test('eight attempts in about an hour, then it is given up', () => {
  const waits: number[] = []
  let attempts = 1
  for (; attempts < 20; attempts += 1) {
    const next = afterFailure(
      { target: 'a', attempts },
      { why: 'again', error: 'down' },
      { chain: ['a'], now, chance: 0.5 },
    )
    if (next.status === 'given_up') break
    waits.push((+next.next_at - +now) / 1000)
  }
  expect(attempts).toBe(8)
  expect(waits).toEqual([5, 15, 45, 120, 300, 900, 2100])
  const early = afterFailure(
    { target: 'a', attempts: 1 },
    { why: 'again', error: '' },
    { chain: ['a'], now, chance: 0 },
  )
  expect(+early.next_at - +now).toBe(4000)
})

test('with a fallback it goes there after a minute, at once when it can never succeed, and once round at most', () => {
  const points = new Map(
    Object.entries({ a: 'b', b: 'c', c: 'a' }).map(([id, fallback]) => [id, { value: { fallback } } as never]),
  )
  const chain = fallbackChain('a', points)
  expect(chain).toEqual(['a', 'b', 'c'])
  expect(fallbackChain('gone', points)).toEqual(['gone'])
  const at = { chain, now, chance: 0.5 }
  const again = { why: 'again', error: 'down' } as const
  expect(afterFailure({ target: 'a', attempts: 3 }, again, at)).toMatchObject({ status: 'retrying', reached: 'a' })
  expect(afterFailure({ target: 'a', attempts: 4 }, again, at)).toEqual({
    ...{ status: 'retrying', reached: 'b', attempts: 0, next_at: now, error: 'down' },
  })
  const never = { why: 'never', error: 'no such robot' } as const
  expect(afterFailure({ target: 'b', attempts: 1 }, never, at)).toMatchObject({ reached: 'c', attempts: 0 })
  expect(afterFailure({ target: 'c', attempts: 1 }, never, at)).toMatchObject({ status: 'given_up', reached: 'c' })
})

test('too much at once is no attempt', () => {
  const limited = { why: 'limited', error: '45009', after_ms: 30_000 } as const
  expect(afterFailure({ target: 'a', attempts: 8 }, limited, { chain: ['a'], now, chance: 0 })).toEqual({
    ...{ status: 'retrying', reached: 'a', attempts: 7, error: '45009', next_at: new Date(+now + 30_000) },
  })
})
