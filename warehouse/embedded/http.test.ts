import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StartedWarehouse, startWarehouse } from './testing-server.ts'

let directory: string
let server: StartedWarehouse
const key = { 'X-ClickHouse-User': 'analyst', 'X-ClickHouse-Key': 'tide' }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guanlan-'))
  server = await startWarehouse(directory, {
    CLICKHOUSE_USER: 'analyst',
    CLICKHOUSE_PASSWORD: 'tide',
    WAREHOUSE_BODY_MB: '8',
    WAREHOUSE_READS: '2',
    WAREHOUSE_QUEUE: '0',
  })
})
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

const post = (sql: string | Uint8Array<ArrayBuffer>, search = '', headers: Record<string, string> = {}) =>
  fetch(`${server.url}/${search}`, { method: 'POST', body: sql, headers: { ...key, ...headers } })

test('health is told to anybody', async () => {
  for (const path of ['/', '/ping', '/replicas_status'])
    expect(await (await fetch(server.url + path)).text()).toBe('Ok.\n')
  expect((await fetch(`${server.url}/nowhere`)).status).toBe(404)
  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('warehouse_statements_running{lane="read"} 0')
})

test('credentials come as headers, as Basic or as parameters, and nothing is answered without', async () => {
  const ask = async (search: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${server.url}/?query=SELECT+1${search}`, { headers })
    return [answer.status, answer.headers.get('x-clickhouse-exception-code')]
  }
  expect(await ask('', key)).toEqual([200, null])
  expect(await ask('', { Authorization: `Basic ${btoa('analyst:tide')}` })).toEqual([200, null])
  expect(await ask('&user=analyst&password=tide')).toEqual([200, null])
  expect(await ask('')).toEqual([401, '194'])
  expect(await ask('', { Authorization: `Basic ${btoa('analyst:ebb')}` })).toEqual([403, '516'])
  expect(await ask('', { Authorization: 'Bearer tide' })).toEqual([403, '516'])
  expect(await ask('&user=default')).toEqual([403, '516'])
})

test('the headers are those of ClickHouse', async () => {
  const answer = await post('SELECT 1 AS x FORMAT JSONEachRow', '?query_id=q-1')
  expect(await answer.text()).toBe('{"x":1}\n')
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=UTF-8')
  expect(answer.headers.get('x-clickhouse-format')).toBe('JSONEachRow')
  expect(answer.headers.get('x-clickhouse-query-id')).toBe('q-1')
  expect(answer.headers.get('x-clickhouse-timezone')).toMatch(/^\w+/)
  expect(answer.headers.get('x-clickhouse-server-display-name')).toBe('guanlan')
  expect(JSON.parse(answer.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({ result_rows: '1' })
})

test('a query id of any text is answered, with an error too and before anybody has proved who they are', async () => {
  for (const id of ['a%0D%0Ab', '%E6%9F%A5%E8%AF%A2', '%00']) {
    const answer = await post('SELECT 1', `?query_id=${id}`)
    expect([await answer.text(), answer.headers.get('x-clickhouse-query-id')]).toEqual([
      '1\n',
      expect.stringMatching(/^[a?]+b?$/),
    ])
    expect((await post('SELEC', `?query_id=${id}`)).status).toBe(400)
    expect((await fetch(`${server.url}/?query=SELECT+1&query_id=${id}`)).status).toBe(401)
  }
  expect((await fetch(`${server.url}/ping`)).status).toBe(200)
})

test('a query may begin in the address and go on in the body', async () => {
  expect(await (await post(' + 1', '?query=SELECT+1')).text()).toBe('2\n')
  expect(await (await post('SELECT 1, 2', '?default_format=CSV')).text()).toBe('1,2\n')
  expect(await (await post('SELECT 1, 2', '', { 'X-ClickHouse-Format': 'TSVWithNames' })).text()).toBe('1\t2\n1\t2\n')
  expect((await post('SELECT 1', '?default_format=x%27y')).headers.get('x-clickhouse-exception-code')).toBe('73')
})

test('GET only reads, and readonly=1 lets nothing be written or set', async () => {
  const get = await fetch(`${server.url}/?query=CREATE+TABLE+t+(a+UInt8)+ENGINE=Memory`, { headers: key })
  expect([get.status, get.headers.get('x-clickhouse-exception-code')]).toEqual([500, '164'])
  const head = await fetch(`${server.url}/?query=SELECT+1`, { method: 'HEAD', headers: key })
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect(await (await post('CREATE TABLE t (a UInt8) ENGINE = Memory', '?readonly=1')).text()).toContain('(READONLY)')
  expect(await (await post('SET max_threads = 3', '?readonly=1')).text()).toContain('(READONLY)')
})

test('bodies come gzipped, deflated, in brotli or zstd; a broken one and an unknown one are told apart', async () => {
  for (const [encoding, squeeze] of Object.entries({
    gzip: gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
    zstd: zstdCompressSync,
  })) {
    const answer = await post(new Uint8Array(squeeze('SELECT 42')), '', { 'Content-Encoding': encoding })
    expect([encoding, await answer.text()]).toEqual([encoding, '42\n'])
  }
  const broken = await post('SELECT 42', '', { 'Content-Encoding': 'gzip' })
  expect(await broken.text()).toContain('Cannot decompress the request body')
  expect((await post('SELECT 42', '', { 'Content-Encoding': 'lz4' })).status).toBe(501)
})

test('answers come compressed as the client likes', async () => {
  for (const encoding of ['gzip', 'deflate', 'br', 'zstd']) {
    const answer = await post('SELECT 42', '?enable_http_compression=1', { 'Accept-Encoding': encoding })
    expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual([encoding, '42\n'])
  }
  expect((await post('SELECT 42')).headers.get('content-encoding')).toBeNull()
})

test('a form brings parameters and tables', async () => {
  const form = new FormData()
  form.set('query', 'SELECT sum(a) + {x:UInt8} FROM brought')
  form.set('param_x', '1')
  form.set('brought', new Blob(['1\n2\n39\n']))
  const answer = await fetch(`${server.url}/?brought_structure=a+UInt8&brought_format=CSV`, {
    method: 'POST',
    body: form,
    headers: key,
  })
  expect(await answer.text()).toBe('43\n')
})

test('a body over the limit is refused with a status, and leaves nothing on the disk', async () => {
  await post('CREATE TABLE limited (s String) ENGINE = Memory')
  const answer = await post(new Uint8Array(9 * 1024 ** 2).fill(120), '?query=INSERT+INTO+limited+FORMAT+LineAsString')
  expect(answer.status).toBe(413)
  expect(await answer.text()).toContain('(QUERY_IS_TOO_LARGE)')
  expect(await (await post('SELECT count() FROM limited')).text()).toBe('0\n')
})

test('what is not done says so', async () => {
  for (const search of ['?compress=1', '?decompress=1']) expect((await post('SELECT 1', search)).status).toBe(501)
  const play = await fetch(`${server.url}/play`)
  expect([play.status, await play.text()]).toEqual([
    501,
    "ClickHouse's page /play is not here: connect a client to this address.\n",
  ])
  const removed = await fetch(server.url, { method: 'DELETE', headers: key })
  expect([removed.status, await removed.text()]).toEqual([501, 'The method DELETE is not done here.\n'])
})

test('a time limit is told as such', async () => {
  const answer = await post(
    'SELECT sleepEachRow(1) FROM numbers(10) SETTINGS max_block_size = 1',
    '?max_execution_time=0.1',
  )
  expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([408, '159'])
})

test('reads that fill their places leave inserts theirs, and more reads are refused with a sentence', async () => {
  await post('CREATE TABLE IF NOT EXISTS places (a UInt8) ENGINE = MergeTree ORDER BY a')
  const slow = [post('SELECT sleep(2)'), post('SELECT sleep(2)')]
  await expect.poll(async () => (await fetch(`${server.url}/metrics`)).text()).toContain('running{lane="read"} 2')
  const refused = await post('SELECT 1')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await refused.text()).toContain('Too many simultaneous queries. Maximum: 2')
  expect((await post('INSERT INTO places VALUES (1)')).status).toBe(200)
  expect((await Promise.all(slow)).map((answer) => answer.status)).toEqual([200, 200])
  expect(await (await post('SELECT count() FROM places')).text()).toBe('1\n')
})

test('a request that is refused cannot take the query id of one that runs', async () => {
  const slow = post('SELECT sleepEachRow(1) FROM numbers(20) SETTINGS max_block_size = 1', '?query_id=long')
  await expect.poll(async () => (await fetch(`${server.url}/metrics`)).text()).toContain('running{lane="read"} 1')
  expect((await fetch(`${server.url}/?query=SELECT+1&query_id=long`)).status).toBe(401)
  // It may not have begun when it is first named.
  const killing = setInterval(() => void post("KILL QUERY WHERE query_id = 'long' ASYNC"), 100)
  expect(await (await slow).text()).toContain('(QUERY_WAS_CANCELLED)')
  clearInterval(killing)
})

test('a scalar subquery that takes long holds up nobody else', async () => {
  const slow = post('WITH (SELECT sleep(2)) AS x SELECT x')
  await expect.poll(async () => (await fetch(`${server.url}/metrics`)).text()).toContain('running{lane="read"} 1')
  const other = await Promise.race([post('SELECT 1').then((answer) => answer.text()), slow.then(() => 'held up')])
  expect(other).toBe('1\n')
  await slow
})
