import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type ClickHouseClient, ClickHouseLogLevel, createClient, TupleParam } from '@clickhouse/client'
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

test('a ping is answered', async () => {
  expect(await client.ping()).toEqual({ success: true })
  expect(await client.ping({ select: true })).toEqual({ success: true })
})

test('values of every kind reach a query as parameters, whatever they contain', async () => {
  const nasty = 'O\'Brien \\ "x" `y` {z:String} \n\t\0 观澜 🌊'
  const [row] = await rows(
    `SELECT {s:String} AS s, {u:UInt64} AS u, {i:Int32} AS i, {f:Float64} AS f, {b:Bool} AS b, {n:Nullable(String)} AS n,
       {d:Date} AS d, {t:DateTime64(3, 'UTC')} AS t, {a:Array(String)} AS a, {m:Map(String, UInt8)} AS m,
       {p:Tuple(UInt8, String)} AS p, {x:Decimal(18, 4)}::String AS x, {id:UUID} AS id`,
    {
      query_params: {
        s: nasty,
        u: 18446744073709551615n,
        i: -7,
        f: 0.5,
        b: true,
        n: null,
        d: '2026-11-11',
        t: '2026-11-11 00:00:00.123',
        a: ["it's", nasty],
        m: { 'a,b': 1 },
        p: new TupleParam([1, 'x']),
        x: '12.3400',
        id: '61f0c404-5cb3-11e7-907b-a6006ad3dba0',
      },
    },
  )
  expect(row).toMatchObject({
    s: nasty,
    i: -7,
    f: 0.5,
    b: true,
    n: null,
    d: '2026-11-11',
    t: '2026-11-11 00:00:00.123',
  })
  expect(row).toMatchObject({
    a: ["it's", nasty],
    m: { 'a,b': 1 },
    x: '12.34',
    id: '61f0c404-5cb3-11e7-907b-a6006ad3dba0',
  })
  const [table] = await rows<{ n: string }>('SELECT count() AS n FROM {d:Identifier}.{t:Identifier}', {
    query_params: { d: 'system', t: 'one' },
  })
  expect(Number(table?.n)).toBe(1)
})

test('rows go in as JSON, CSV, TSV and RowBinary, from arrays and from streams', async () => {
  await client.command({
    query: "CREATE TABLE formats (a UInt32, b String DEFAULT concat('b', toString(a))) ENGINE = MergeTree ORDER BY a",
  })
  await client.insert({ table: 'formats', values: [{ a: 1, b: 'json' }, { a: 2 }], format: 'JSONEachRow' })
  await client.insert({
    table: 'formats',
    values: Readable.from(['3,"csv"\n', '4,"观澜"\n'], { objectMode: false }),
    format: 'CSV',
  })
  await client.insert({
    table: 'formats',
    values: Readable.from(['5\ttab\\tbed\n'], { objectMode: false }),
    format: 'TabSeparated',
    columns: ['a', 'b'],
  })
  await client.exec({
    query: 'INSERT INTO formats FORMAT RowBinary',
    values: Readable.from([Buffer.from([6, 0, 0, 0, 1, 0x0a])]),
  })
  await client.command({ query: 'INSERT INTO formats (a) VALUES (7), ({n:UInt32} + 1)', query_params: { n: 7 } })
  expect(await text('SELECT * FROM formats ORDER BY a', 'TabSeparated')).toBe(
    '1\tjson\n2\tb2\n3\tcsv\n4\t观澜\n5\ttab\\tbed\n6\t\\n\n7\tb7\n8\tb8\n',
  )
})

test('Parquet, Arrow and Native come out as bytes and go in again from a stream', async () => {
  await client.command({ query: 'CREATE TABLE binary (n UInt64, s String) ENGINE = MergeTree ORDER BY n' })
  for (const format of ['Parquet', 'ArrowStream', 'Native']) {
    const out = await client.exec({
      query: `SELECT number AS n, repeat('x', 20) AS s FROM numbers(50000) FORMAT ${format}`,
    })
    await client.exec({ query: `INSERT INTO binary FORMAT ${format}`, values: out.stream })
  }
  expect(await text('SELECT count(), sum(n) FROM binary')).toBe('150000,3749925000\n')
})

test('INSERT … SELECT FROM input() transforms rows on their way in', async () => {
  await client.command({ query: 'CREATE TABLE doubled (a UInt32) ENGINE = MergeTree ORDER BY a' })
  await client.exec({
    query: "INSERT INTO doubled SELECT a * 2 FROM input('a UInt32') FORMAT CSV",
    values: Readable.from(['4\n5\n'], { objectMode: false }),
  })
  expect(await text('SELECT * FROM doubled ORDER BY a')).toBe('8\n10\n')
})

test('requests and answers are compressed when asked', async () => {
  const squeezed = open({ compression: { request: true, response: true } })
  await client.command({ query: 'CREATE TABLE squeezed (a UInt32) ENGINE = MergeTree ORDER BY a' })
  await squeezed.insert({
    table: 'squeezed',
    values: Array.from({ length: 5000 }, (_, a) => ({ a })),
    format: 'JSONEachRow',
  })
  const answer = await squeezed.query({ query: 'SELECT * FROM squeezed ORDER BY a', format: 'JSONEachRow' })
  expect(answer.response_headers['content-encoding']).toBe('gzip')
  expect(await answer.json()).toHaveLength(5000)
  await squeezed.close()
})

test('an error has the code, the type and the text of ClickHouse', async () => {
  await expect(rows('SELECT * FROM nope')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' })
  await expect(rows('selec 1')).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' })
  await expect(rows('SELECT 1; DROP TABLE formats')).rejects.toThrow('Multi-statements are not allowed')
  await expect(client.insert({ table: 'formats', values: [{ a: 'x' }], format: 'JSONEachRow' })).rejects.toMatchObject({
    code: '27',
  })
  await expect(
    client.query({ query: 'SELECT 1', clickhouse_settings: { max_execution_time: 'soon' } as never }),
  ).rejects.toBeInstanceOf(Error)
})

test('an error after the first rows is told in the stream', async () => {
  const answer = await client.query({
    query: 'SELECT throwIf(number = 3000000) AS x FROM numbers(10000000)',
    format: 'JSONEachRow',
  })
  const read = async () => {
    let seen = 0
    for await (const some of answer.stream()) seen += some.length
    return seen
  }
  await expect(read()).rejects.toMatchObject({ code: '395', type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' })
})

test('an error before the first rows has a status of its own, though the format had begun', async () => {
  const answer = await fetch(server.url, {
    method: 'POST',
    body: 'SELECT throwIf(number = 3) FROM numbers(10) FORMAT JSON',
  })
  expect(answer.status).toBe(500)
  expect(answer.headers.get('x-clickhouse-exception-code')).toBe('395')
})

test('parameters too long for an address come as a form', async () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => at)
  const answer = await client.query({
    query: 'SELECT count() AS n FROM numbers(50000) WHERE number IN {ids:Array(UInt64)}',
    query_params: { ids },
    use_multipart_params: true,
    format: 'CSV',
  } as never)
  expect(await answer.text()).toBe('20000\n')
})

test('progress comes between rows and in headers', async () => {
  const answer = await client.query({ query: 'SELECT number FROM numbers(3)', format: 'JSONEachRowWithProgress' })
  const events = await answer.json<{ number: string }>()
  expect(JSON.stringify(events)).toContain('"progress"')
  const slow = await fetch(
    `${server.url}/?send_progress_in_http_headers=1&http_headers_progress_interval_ms=50&query=${encodeURIComponent('SELECT sleepEachRow(0.1) FROM numbers(5) SETTINGS max_block_size = 1')}`,
  )
  expect(slow.headers.get('x-clickhouse-progress')).toContain('"total_rows_to_read":"5"')
  expect(await slow.text()).toBe('0\n0\n0\n0\n0\n')
})

test('an insert says how many rows it wrote', async () => {
  await client.command({ query: 'CREATE TABLE counted (a UInt8) ENGINE = MergeTree ORDER BY a' })
  const { summary } = await client.insert({ table: 'counted', values: [{ a: 1 }, { a: 2 }], format: 'JSONEachRow' })
  expect(summary?.written_rows).toBe('2')
})
