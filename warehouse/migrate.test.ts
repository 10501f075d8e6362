import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { defineQuery } from './define-query.ts'
import { instant } from './instant.ts'
import { migrate } from './migrate.ts'
import { openTestWarehouse } from './testing.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
let path: string
let folder: URL
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'guanlan-'))
  folder = pathToFileURL(`${path}/`)
  await cp(new URL('./migrations/', import.meta.url), folder, { recursive: true })
  return () => rm(path, { recursive: true })
})

const first = '0001_events.sql'

test('migrations apply once and a typed query reads through them', async () => {
  const { warehouse } = opened
  expect(await migrate(warehouse)).toEqual([])
  const events = defineQuery({
    name: 'events',
    params: z.object({ store_id: z.string(), from: instant }),
    row: z.object({ n: z.number() }),
    sql: `SELECT count() AS n FROM events WHERE store_id = {store_id:String} AND occurred_at >= {from:DateTime64(3, 'UTC')}`,
  })
  expect(await events(warehouse, { store_id: 'a', from: '2026-11-11T00:00:00+08:00' })).toEqual([{ n: 0 }])
})

test('a changed statement of an applied migration stops with its name', async () => {
  await writeFile(join(path, first), 'CREATE TABLE IF NOT EXISTS events (a String) ENGINE = MergeTree ORDER BY a')
  await expect(migrate(opened.warehouse, { folder })).rejects.toThrow(
    `The migration ${first} was changed after it had been applied here`,
  )
})

test('a better comment in an applied migration changes nothing', async () => {
  const sql = "CREATE TABLE IF NOT EXISTS notes (a String COMMENT 'x') ENGINE = MergeTree ORDER BY a"
  await writeFile(join(path, '9000_notes.sql'), `-- Notes.\n${sql}\n`)
  expect(await migrate(opened.warehouse, { folder })).toEqual(['9000_notes.sql'])
  await writeFile(join(path, '9000_notes.sql'), `-- Notes of people.\n${sql.replaceAll(' (', '\n    (')};\n`)
  expect(await migrate(opened.warehouse, { folder })).toEqual([])
})

test('a warehouse that a later version has migrated is not touched', async () => {
  // The folder of the test before had one more.
  await expect(migrate(opened.warehouse, { folder })).rejects.toThrow(
    'The warehouse has the migration 9000_notes.sql, which this version does not',
  )
})

test('two processes that migrate at once leave one schema', async () => {
  const other = await openTestWarehouse()
  await other.warehouse.command({ query: 'TRUNCATE TABLE migrations' })
  const applied = await Promise.all([migrate(other.warehouse), migrate(other.warehouse)])
  expect(applied.flat().length).toBeGreaterThan(0)
  expect(await migrate(other.warehouse)).toEqual([])
  await other.close()
})
