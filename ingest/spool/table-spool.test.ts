import { rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../testing.ts'
import type { Segment } from './segment.ts'
import { TableSpool } from './table-spool.ts'

test('a segment that grew old behind others is frozen when they are gone, though the clock was set back', async () => {
  const directory = await temporaryDirectory()
  const sealed: Segment[] = []
  let clock = 1_000_000
  const old = Promise.withResolvers<void>()
  const spool = new TableSpool({
    directory,
    table: 'events',
    sequence: 1,
    sealBytes: 1000,
    sealMs: 1,
    now: () => clock,
    onSealed: (segment) => sealed.push(segment),
    isBehind: () => {
      old.resolve()
      return true
    },
    onGroup: () => {},
  })
  await spool.append('{"store_id":"main"}\n', ['main'])
  clock -= 3_600_000
  await old.promise
  expect(sealed).toEqual([])
  spool.caughtUp()
  await expect.poll(() => sealed.length).toBe(1)
  await rm(directory, { recursive: true })
})
