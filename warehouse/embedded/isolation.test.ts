import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StartedWarehouse, startWarehouse } from './testing-server.ts'

let directory: string
let server: StartedWarehouse
let client: ClickHouseClient

const open = (options: Parameters<typeof createClient>[0] = {}) =>
  createClient({ url: server.url, log: { level: ClickHouseLogLevel.OFF }, ...options })
const rows = async <Row>(query: string, more: { query_params?: Record<string, unknown> } = {}) =>
  (await client.query({ query, format: 'JSONEachRow', ...more })).json<Row>()
const text = async (query: string, format: 'CSV' | 'TabSeparated' | 'JSON' = 'CSV') =>
  (await client.query({ query, format })).text()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guanlan-'))
  server = await startWarehouse(directory)
  client = open()
})
afterAll(async () => {
  await client.close()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

test('settings, parameters and the database of one request never reach another', async () => {
  await client.command({ query: 'CREATE DATABASE IF NOT EXISTS other' })
  const mine = open({ database: 'other', clickhouse_settings: { max_threads: 1, readonly: '1' } })
  const seen = "SELECT currentDatabase(), getSetting('max_threads') = 1, getSetting('readonly')"
  const ask = (from: ClickHouseClient) => from.query({ query: seen, format: 'CSV' }).then((answer) => answer.text())
  const gone = new AbortController()
  const disturbances = Array.from({ length: 20 }, (_, at) => [
    mine.query({ query: 'SELECT nope', query_params: { leaked: 'x' } }),
    mine.query({ query: 'SELECT sleep(3)', abort_signal: gone.signal, query_params: { leaked: 'x' } }),
    mine.query({ query: 'SELECT sleep(2)', clickhouse_settings: { max_execution_time: 0.01 as never } }),
    mine
      .query({ query: `SELECT {leaked:String}, ${at}`, query_params: { leaked: String(at) } })
      .then((answer) => answer.text()),
  ]).flat()
  const done = Promise.allSettled(disturbances)
  setTimeout(() => gone.abort(), 50)
  for (let at = 0; at < 30; at++) {
    expect(await ask(client)).toBe('"default",0,0\n')
    await expect(rows('SELECT {leaked:String}')).rejects.toMatchObject({ code: '456' })
  }
  await done
  expect(await ask(mine)).toBe('"other",1,1\n')
  await mine.close()
})

test('many clients at once each get their own answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      const [row] = await rows<{ x: number }>('SELECT {x:UInt32} + sleep(0.01) AS x', { query_params: { x: at } })
      return Number(row?.x)
    }),
  )
  expect(answers).toEqual(Array.from({ length: 100 }, (_, at) => at))
})

test('a session keeps its temporary tables and what SET did, and a request’s own settings leave it', async () => {
  const held = open({ session_id: 'kept' })
  await held.command({ query: 'CREATE TEMPORARY TABLE mine (a UInt8)' })
  await held.command({ query: 'SET max_block_size = 1234' })
  await held.insert({ table: 'mine', values: [{ a: 1 }], format: 'JSONEachRow' })
  const seen = async (more: Record<string, unknown> = {}) =>
    (
      await held.query({
        query: "SELECT (SELECT count() FROM mine), getSetting('max_block_size'), currentDatabase()",
        format: 'CSV',
        ...more,
      })
    ).text()
  expect(await seen({ clickhouse_settings: { max_block_size: '99' } })).toBe('1,99,"default"\n')
  expect(await seen()).toBe('1,1234,"default"\n')
  await (await held.query({ query: 'SELECT {once:UInt8}', query_params: { once: 1 } })).text()
  await expect(held.query({ query: 'SELECT {once:UInt8}' })).rejects.toMatchObject({ code: '456' })
  await expect(client.query({ query: 'SELECT * FROM mine' })).rejects.toMatchObject({ type: 'UNKNOWN_TABLE' })
  await held.close()
})

test('who has read an answer to its end finds the session free', async () => {
  const held = open({ session_id: 'busy', clickhouse_settings: { max_threads: 1 } })
  for (let at = 0; at < 300; at++)
    expect(await (await held.query({ query: `SELECT ${at}`, format: 'CSV' })).text()).toBe(`${at}\n`)
  await held.close()
})

test('a session is one client’s at a time', async () => {
  const held = open({ session_id: 'locked' })
  const slow = held.query({ query: 'SELECT sleep(1)' })
  await expect.poll(() => text("SELECT count() FROM system.processes WHERE query LIKE 'SELECT sleep(1)%'")).toBe('1\n')
  await expect(held.query({ query: 'SELECT 1' })).rejects.toMatchObject({ type: 'SESSION_IS_LOCKED' })
  await slow
  await held.close()
})

test('a query stops soon after its client has left, before and after the first row', async () => {
  const gone = new AbortController()
  const before = client.query({
    query: 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)',
    abort_signal: gone.signal,
  })
  const after = await client.query({
    query: 'SELECT number FROM system.numbers',
    format: 'CSV',
    abort_signal: gone.signal,
  })
  await expect
    .poll(() => text("SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number)%1000000000000)%'"))
    .toBe('2\n')
  gone.abort()
  await expect(before).rejects.toThrow('aborted')
  after.close()
  await expect
    .poll(() => text("SELECT count() FROM system.processes WHERE query NOT LIKE '%system.processes%'"), {
      timeout: 5000,
    })
    .toBe('0\n')
})

test('many clients that leave, at whatever moment, leave nothing running and nothing stuck', async () => {
  for (let round = 0; round < 4; round++) {
    const leaving = Array.from({ length: 12 }, async (_, at) => {
      const gone = new AbortController()
      setTimeout(() => gone.abort(), at * 5)
      const answer = await fetch(server.url, {
        method: 'POST',
        body: 'SELECT number FROM system.numbers',
        signal: gone.signal,
      })
      await answer.text()
    })
    const left = await Promise.allSettled(leaving)
    expect(left.every((one) => one.status === 'rejected')).toBe(true)
  }
  await expect
    .poll(async () => (await fetch(`${server.url}/metrics`)).text(), { timeout: 20_000 })
    .toContain('warehouse_statements_running{lane="read"} 0')
  expect(await text('SELECT 1')).toBe('1\n')
})

test('KILL QUERY finds a query by the id its client gave', async () => {
  const running = client.query({
    query: 'SELECT sleepEachRow(1) FROM numbers(20) SETTINGS max_block_size = 1',
    query_id: 'mine',
  })
  const stopped = expect(running).rejects.toMatchObject({ type: 'QUERY_WAS_CANCELLED' })
  await expect
    .poll(() => text("SELECT count() FROM system.processes WHERE query LIKE '%sleepEachRow(1)%numbers(20)%'"))
    .toBe('2\n')
  await client.command({ query: "KILL QUERY WHERE query_id = 'mine' ASYNC" })
  await stopped
})
