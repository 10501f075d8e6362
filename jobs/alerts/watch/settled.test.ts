import { expect, test } from 'vitest'
import { settledAt } from './settled.ts'

const now = 1_000_000_000
const s = (seconds: number) => now - seconds * 1000

test('a bucket settles when its facts and its sessions are there, not sooner than fifteen seconds after its end', () => {
  expect(settledAt(now, { watermark: s(1), sessionsUntil: s(5), insertedAt: s(10) })).toMatchObject({ good: s(15), last: s(15) }) // biome-ignore format: one line
  expect(settledAt(now, { watermark: s(40), sessionsUntil: s(0), insertedAt: s(2) }).good).toBe(s(40))
  // Sessions lag: waited for, but no longer than a minute.
  expect(settledAt(now, { watermark: s(1), sessionsUntil: s(30), insertedAt: s(2) }).good).toBe(s(30))
  expect(settledAt(now, { watermark: s(1), sessionsUntil: s(500), insertedAt: s(2) }).good).toBe(s(60))
  // Nothing new has come since sessions were made.
  expect(settledAt(now, { watermark: s(1), sessionsUntil: s(500), insertedAt: s(600) }).good).toBe(s(15))
})

test('what is not there after a minute has a name', () => {
  expect(settledAt(now, { watermark: s(300), sessionsUntil: 0, insertedAt: s(5) })).toEqual({ good: s(300), last: s(60), trouble: 'spool_behind' }) // biome-ignore format: one line
  expect(settledAt(now, { watermark: s(300), sessionsUntil: 0, insertedAt: s(301) })).toEqual({ good: s(300), last: s(60), trouble: 'warehouse_behind' }) // biome-ignore format: one line
  expect(settledAt(now, { watermark: undefined, sessionsUntil: 0, insertedAt: s(200) })).toEqual({ good: s(200), last: s(60), trouble: 'ingest_down' }) // biome-ignore format: one line
  // Redis has lost the watermark, and rows come all the same.
  expect(settledAt(now, { watermark: undefined, sessionsUntil: 0, insertedAt: s(3) })).toMatchObject({ good: s(60), last: s(60) }) // biome-ignore format: one line
})
