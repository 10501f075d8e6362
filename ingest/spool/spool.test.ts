import { appendFile, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { connectWarehouse, type Warehouse } from '@guanlan/warehouse/client'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { temporaryDirectory, until } from '../testing.ts'
import { Spool, SpoolFull, type SpoolOptions } from './spool.ts'

let warehouse: Warehouse
let close: () => Promise<void>
let directory: string
const away = connectWarehouse('http://127.0.0.1:18398', 'test')

beforeAll(async () => {
  ;({ warehouse, close } = await openTestWarehouse())
})
afterAll(() => close())
beforeEach(async () => {
  directory = join(await temporaryDirectory(), 'spool')
})
afterEach(() => rm(dirname(directory), { recursive: true, force: true }))

const openSpool = (options: Partial<SpoolOptions> = {}) =>
  Spool.open({
    directory,
    warehouse,
    log: pino({ level: 'silent' }),
    maxBytes: 2 ** 30,
    minFreeBytes: 1,
    sealMs: 50,
    ...options,
  })

const time = '2026-11-11 00:00:00.000'
const line = (message_id: string, more: object = {}) =>
  JSON.stringify({
    store_id: 'main',
    message_id,
    name: 'x',
    timestamp: time,
    occurred_at: time,
    received_at: time,
    ...more,
  })
const events = (...lines: string[]) => [{ table: 'events' as const, lines, stores: ['main'] }]
const segments = async () => (await readdir(directory)).filter((name) => name.endsWith('.ndjson')).sort()
const ids = async (like: string) => {
  const query = `SELECT message_id FROM events FINAL WHERE message_id LIKE '${like}' ORDER BY message_id`
  const rows = await (await warehouse.query({ query, format: 'JSONEachRow' })).json<{ message_id: string }>()
  return rows.map(({ message_id }) => message_id)
}
const empty = (spool: Spool) => until('the spool is empty', () => spool.state().segments === 0)

test('what is acknowledged is in a file, then in ClickHouse, and then in no file', async () => {
  const flushed: string[] = []
  const spool = await openSpool({ onFlushed: ({ table, stores }) => flushed.push(`${table} of ${[...stores]}`) })
  await spool.append(events(line('plain-1'), line('plain-2')))
  expect((await readFile(join(directory, 'events-000000000001.ndjson'), 'utf8')).split('\n')).toHaveLength(3)
  await empty(spool)
  expect(await ids('plain-%')).toEqual(['plain-1', 'plain-2'])
  expect(await segments()).toEqual([])
  expect(flushed).toEqual(['events of main'])
  expect(spool.state()).toEqual({ bytes: 0, segments: 0, lagSeconds: 0, full: undefined })
  await spool.close(1000)
})

test('requests that wait together share an fsync', async () => {
  const groups: number[] = []
  const spool = await openSpool({ onGroup: (_, requests) => groups.push(requests) })
  await Promise.all(Array.from({ length: 50 }, (_, index) => spool.append(events(line(`group-${index}`)))))
  expect(groups).toEqual([50])
  await spool.close(5000)
  expect(await ids('group-%')).toHaveLength(50)
})

test('a crash leaves a torn line: it is cut, and all that was acknowledged is inserted by the next process', async () => {
  await mkdir(directory, { recursive: true })
  await writeFile(
    join(directory, 'events-000000000007.ndjson'),
    `${line('torn-1')}\n${line('torn-2')}\n${line('torn-3').slice(0, 40)}`,
  )
  await writeFile(join(directory, 'events-000000000008.ndjson'), line('torn-4').slice(0, 40))
  await writeFile(join(directory, 'orders-000000000003.ndjson'), '')
  const flushed: string[] = []
  const spool = await openSpool({ onFlushed: ({ stores }) => flushed.push(...stores) })
  await spool.append(events(line('torn-5')))
  await empty(spool)
  expect(await ids('torn-%')).toEqual(['torn-1', 'torn-2', 'torn-5'])
  expect(flushed).toEqual(['main', 'main'])
  expect(await segments()).toEqual([])
  await spool.close(1000)
})

test('a segment that was inserted and not yet deleted changes nothing when it comes again', async () => {
  const name = join(directory, 'events-000000000001.ndjson')
  await mkdir(directory, { recursive: true })
  for (let time = 0; time < 2; time++) {
    await writeFile(name, `${line('twice-1')}\n${line('twice-2')}\n`)
    await (await openSpool()).close(5000)
  }
  expect(await ids('twice-%')).toEqual(['twice-1', 'twice-2'])
})

test('rows that ClickHouse refuses stand alone in rejected_events, and the rest goes in', async () => {
  const spool = await openSpool()
  const lines = Array.from({ length: 300 }, (_, index) => line(`poison-${String(index).padStart(3, '0')}`))
  lines[17] = line('poison-bad', { value: 'free', received_at: '2026-11-11 03:00:00.000' })
  lines[299] = line('poison-worse', { occurred_at: 'never', received_at: '2026-11-11 03:00:00.000' })
  await spool.append(events(...lines))
  await empty(spool)
  expect(await ids('poison-%')).toHaveLength(298)
  const query = `SELECT store_id, kind, code, JSONExtractString(payload, 'message_id') AS id, message != '' AS told
    FROM rejected_events FINAL WHERE code = 'refused_by_warehouse' ORDER BY id`
  const facts = { store_id: 'main', kind: 'event', code: 'refused_by_warehouse', told: 1 }
  expect(await (await warehouse.query({ query, format: 'JSONEachRow' })).json()).toEqual([
    { ...facts, id: 'poison-bad' },
    { ...facts, id: 'poison-worse' },
  ])
  await spool.close(1000)
})

test('while ClickHouse is away rows gather in few files, the lag is told, and a stop leaves them for the next start', async () => {
  let now = Date.parse('2026-11-11T00:00:00Z')
  let failures = 0
  const options = { warehouse: away, now: () => now, onFailed: () => failures++, sealMs: 10 }
  const spool = await openSpool(options)
  for (let index = 0; index < 40; index++) {
    await spool.append(events(line(`away-${String(index).padStart(2, '0')}`)))
    if (index === 0) await until('an insert has failed', () => failures > 0)
  }
  now += 90_000
  expect(await segments()).toHaveLength(2)
  expect(spool.state()).toMatchObject({ segments: 2, lagSeconds: 90 })
  await spool.close(50)
  expect(await segments()).toHaveLength(2)
  const next = await openSpool()
  await empty(next)
  expect(await ids('away-%')).toHaveLength(40)
  await next.close(1000)
})

test('past its bound the spool takes nothing more, and takes again when there is room', async () => {
  const spool = await openSpool({ maxBytes: 100, warehouse: away })
  await spool.append(events(line('bound-1')))
  await expect(spool.append(events(line('bound-2')))).rejects.toThrow(SpoolFull)
  expect(spool.state().full).toMatch(/^The spool is full/)
  await spool.close(10)
  const next = await openSpool({ maxBytes: 100 })
  await empty(next)
  await next.append(events(line('bound-3')))
  await next.close(5000)
  expect(await ids('bound-%')).toEqual(['bound-1', 'bound-3'])
})

test('a disk with too little room is a full spool', async () => {
  const spool = await openSpool({ minFreeBytes: 2 ** 60 })
  await expect(spool.append(events(line('room')))).rejects.toThrow('The disk of the spool is full.')
  await spool.close(10)
})

test('a write that finds the disk full is undone, refused, and the next one goes in', async () => {
  let full = false
  const spool = await openSpool({
    warehouse: away,
    openFile: async (path) => {
      const file = await open(path, 'wx')
      const write = file.write.bind(file) as (...args: unknown[]) => Promise<{ bytesWritten: number }>
      const limited = async (buffer: Buffer, from: number, length: number, position: number) => {
        if (!full) return write(buffer, from, length, position)
        await write(buffer, from, Math.floor(length / 2), position)
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      }
      return Object.assign(file, { write: limited })
    },
  })
  await spool.append(events(line('full-1')))
  full = true
  await expect(spool.append(events(line('full-2')))).rejects.toThrow(SpoolFull)
  full = false
  await spool.append(events(line('full-3')))
  await spool.close(10)
  const next = await openSpool()
  await empty(next)
  expect(await ids('full-%')).toEqual(['full-1', 'full-3'])
  await next.close(1000)
})

test('a spool belongs to one process, and what a dead one left is taken over', async () => {
  const spool = await openSpool()
  await expect(openSpool()).rejects.toThrow(/is in use by process \d+/)
  await spool.close(10)
  await appendFile(join(directory, 'lock'), '999999999 1')
  await (await openSpool()).close(10)
})

test('a segment is frozen at its size', async () => {
  const spool = await openSpool({ warehouse: away, sealBytes: 1000, sealMs: 60_000 })
  for (let index = 0; index < 20; index++) await spool.append(events(line(`size-${index}`)))
  expect((await segments()).length).toBeGreaterThan(2)
  await spool.close(10)
})
