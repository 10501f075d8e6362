import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWarehouse } from './testing-server.ts'

let directory: string
const started: Awaited<ReturnType<typeof startWarehouse>>[] = []
const start = async (more: Record<string, string> = {}) => {
  const server = await startWarehouse(directory, more)
  started.push(server)
  return server
}
const post = async (url: string, sql: string, search = '') => {
  const answer = await fetch(`${url}/${search}`, { method: 'POST', body: sql })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.text()
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guanlan-'))
})
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop()
  await rm(directory, { recursive: true, force: true })
})

test('killed at any moment, it has every insert that it acknowledged, and opens again', async () => {
  let acknowledged = 0
  for (const rounds of [1, 2, 3]) {
    const server = await start()
    await post(server.url, 'CREATE TABLE IF NOT EXISTS kept (n UInt64) ENGINE = MergeTree ORDER BY n')
    expect(Number(await post(server.url, 'SELECT count() FROM kept'))).toBeGreaterThanOrEqual(acknowledged)
    const insert = async () => {
      for (;;) {
        await post(server.url, `{"n":${acknowledged}}\n`, '?query=INSERT+INTO+kept+FORMAT+JSONEachRow')
        acknowledged++
      }
    }
    const clients = Promise.allSettled([insert(), insert(), insert()])
    await expect.poll(() => acknowledged).toBeGreaterThan(rounds * 30)
    await server.stop('SIGKILL')
    await clients
  }
  const server = await start()
  expect(Number(await post(server.url, 'SELECT count() FROM kept'))).toBeGreaterThanOrEqual(acknowledged)
})

test('a data directory belongs to one process, and a lock does not outlive it', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(
    process.platform === 'linux' ? `is in use by process ${first.pid}.` : 'cannot be opened: another process uses it',
  )
  expect(await post(first.url, 'SELECT 1')).toBe('1\n')
  await first.stop('SIGKILL')
  expect(await post((await start()).url, 'SELECT 1')).toBe('1\n')
})

test('a port in use, a wrong variable and an odd path are told in a sentence', async () => {
  const first = await start()
  const port = new URL(first.url).port
  const other = join(directory, 'other')
  await expect(startWarehouse(other, { WAREHOUSE_PORT: port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 cannot be opened`,
  )
  await expect(startWarehouse(other, { WAREHOUSE_PORT: 'abc' })).rejects.toThrow(
    'WAREHOUSE_PORT is wrong: it must be a port, 0 to 65535.',
  )
  await expect(startWarehouse(join(directory, 'a*b'))).rejects.toThrow('DATA_DIR must not contain')
})

test('asked to end, it lets a running query finish and takes no new one', async () => {
  const server = await start()
  const slow = post(server.url, 'SELECT sleep(1.5), 7')
  await expect.poll(async () => (await fetch(`${server.url}/metrics`)).text()).toContain('running{lane="read"} 1')
  const code = server.stop('SIGTERM')
  expect(await slow).toBe('0\t7\n')
  expect(await code).toBe(0)
  await expect(fetch(server.url)).rejects.toThrow()
})

test('without a password it answers programs, not pages of other origins', async () => {
  const server = await start({ HOST: '0.0.0.0' })
  expect(server.url).toContain('127.0.0.1')
  const ask = async (headers: Record<string, string>) =>
    (await fetch(`${server.url}/?query=SELECT+1`, { headers })).status
  expect(await ask({})).toBe(200)
  expect(await ask({ Origin: 'http://localhost:3000' })).toBe(200)
  expect(await ask({ Origin: 'https://evil.example' })).toBe(403)
  expect(await ask({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403)
})

test('nothing of a request stays on the disk', async () => {
  const transfer = join(directory, 'clickhouse-transfer')
  await mkdir(transfer)
  const server = await start({ WAREHOUSE_READS: '2' })
  await post(server.url, 'CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a')
  await post(server.url, 'INSERT INTO t VALUES (1)')
  await expect(post(server.url, "INSERT INTO t VALUES ('x')")).rejects.toThrow()
  await post(server.url, 'SELECT * FROM t', '?wait_end_of_query=1')
  await expect.poll(() => readdir(transfer)).toEqual(['result-0', 'result-1'])
})
