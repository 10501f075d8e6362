import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePorts } from '../free-port.ts'
import { childrenOf, residentMiB } from '../processes.ts'
import { type Product, startProduct } from '../product.ts'
import { until } from '../until.ts'
import { startSending } from './steady-sender.ts'

const root = new URL('../..', import.meta.url).pathname
/** `AWAY_SECONDS=300` is the long form. */
const awaySeconds = Number(process.env.AWAY_SECONDS ?? 10)

let product: Product
let server: ChildProcess
let url: string
let dataDir: string

const startWarehouse = async () => {
  server = spawn(process.execPath, ['warehouse/embedded/serve.ts'], {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, DATA_DIR: dataDir, WAREHOUSE_PORT: new URL(url).port, UV_THREADPOOL_SIZE: '32' },
  })
  await until('ClickHouse answering', async () => (await fetch(`${url}/ping`)).ok || undefined)
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guanlan-'))
  const [port] = await freePorts(1)
  url = `http://127.0.0.1:${port}`
  await startWarehouse()
  product = await startProduct({ CLICKHOUSE_URL: url })
}, 240_000)

afterAll(async () => {
  await product?.stop()
  server?.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
}, 120_000)

test(`ClickHouse away for ${awaySeconds} s: nothing acknowledged is lost, and memory stays flat`, async () => {
  const sending = startSending(product.ingest, product.keys.write, { batch: 500, pauseMs: 200 })
  await sleep(2000)
  const [ingest = 0] = await childrenOf(product.supervisor.pid ?? 0, 'ingest/serve')
  server.kill('SIGKILL')
  let halfway = 0
  const resident: number[] = []
  for (let second = 0; second < awaySeconds; second++) {
    await sleep(1000)
    resident.push(await residentMiB(ingest))
    if (second === Math.floor(awaySeconds / 2)) halfway = sending.acknowledged.length
  }
  await sending.stop()
  const { acknowledged } = sending
  expect(acknowledged.length, 'ingest went on accepting').toBeGreaterThan(halfway)
  const first = Math.max(...resident.slice(0, Math.ceil(resident.length / 3)))
  const last = Math.max(...resident.slice(-Math.ceil(resident.length / 3)))
  expect(last, `resident MiB by second: ${resident.map(Math.round).join(' ')}`).toBeLessThan(first + 150)

  await startWarehouse()
  const clickhouse = createClient({ url })
  const count = await until(
    'the spool being drained',
    async () => {
      const answer = await clickhouse.query({
        query: 'SELECT count() AS rows, uniqExact(message_id) AS ids FROM events FINAL',
        format: 'JSONEachRow',
      })
      const [row] = await answer.json<{ rows: string; ids: string }>()
      return Number(row?.ids) >= acknowledged.length ? row : undefined
    },
    { seconds: 120, everyMs: 1000 },
  )
  await clickhouse.close()
  expect(Number(count.rows)).toBe(Number(count.ids))
}, 900_000)
