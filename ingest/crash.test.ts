import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { connectWarehouse } from '@guanlan/warehouse/client'
import { type StartedWarehouse, startWarehouse } from '@guanlan/warehouse/embedded/testing-server'
import { migrate } from '@guanlan/warehouse/migrate'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryDirectory, until } from './testing.ts'

// Processes are started and killed several times over: on a busy machine that takes as long as it takes.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let directory: string
let redis: { url: string; stop: () => Promise<void> }
let warehouse: StartedWarehouse
let ingest: ChildProcess
let ports: { ingest: number; warehouse: number }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const openWarehouse = () => startWarehouse(join(directory, 'warehouse'), { WAREHOUSE_PORT: String(ports.warehouse) })

async function startIngest(): Promise<void> {
  ingest = spawn(process.execPath, [new URL('./serve.ts', import.meta.url).pathname], {
    env: {
      DATA_DIR: directory,
      INGEST_PORT: String(ports.ingest),
      CLICKHOUSE_URL: `http://127.0.0.1:${ports.warehouse}`,
      REDIS_URL: redis.url,
      SECRET_KEY: 'a secret for tests',
      WRITE_KEY: 'write-key-of-main',
      SPOOL_MIN_FREE_BYTES: '1',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await until('ingest is ready', async () => (await ready())?.status === 'ready')
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
  if (ingest.exitCode !== null || ingest.signalCode !== null) return ingest.exitCode
  const ended = once(ingest, 'exit')
  ingest.kill(signal)
  const [code] = await ended
  return code as number | null
}

const ready = () =>
  fetch(`http://127.0.0.1:${ports.ingest}/readyz`)
    .then((answer) => answer.json() as Promise<{ status: string; clickhouse: string; spool: { segments: number } }>)
    .catch(() => undefined)

/** A sender that repeats a batch until it is acknowledged, and remembers what was. */
function startSender(name: string) {
  const acknowledged: string[] = []
  let going = true
  const run = async () => {
    for (let round = 0; going; round++) {
      const ids = Array.from({ length: 50 }, (_, index) => `${name}-${round}-${index}`)
      const batch = ids.map((messageId) => ({
        type: 'track',
        event: 'Order Completed',
        messageId,
        anonymousId: 'v',
        timestamp: '2026-11-11T00:00:00Z',
        properties: { order_id: messageId, revenue: '0.10' },
      }))
      for (let done = false; !done && going; ) {
        done = await fetch(`http://127.0.0.1:${ports.ingest}/v1/batch`, {
          method: 'POST',
          headers: { authorization: 'Bearer write-key-of-main' },
          body: JSON.stringify({ sentAt: new Date().toISOString(), batch }),
        }).then(
          (answer) => answer.ok,
          () => false,
        )
        if (done) acknowledged.push(...ids)
      }
    }
  }
  const running = run()
  return {
    acknowledged,
    stop: () => {
      going = false
      return running
    },
  }
}

async function counted(): Promise<{ events: Set<string>; rows: number; orders: number; gross: number }> {
  const client = connectWarehouse(warehouse.url, 'test')
  const ask = async <Row>(query: string) => (await client.query({ query, format: 'JSONEachRow' })).json<Row>()
  const ids = await ask<{ message_id: string }>('SELECT message_id FROM events FINAL')
  const [sums] = await ask<{ orders: number; gross: number }>(
    'SELECT count() AS orders, toFloat64(sum(gross)) AS gross FROM orders_current',
  )
  await client.close()
  return { events: new Set(ids.map((row) => row.message_id)), rows: ids.length, orders: 0, gross: 0, ...sums }
}

beforeEach(async () => {
  directory = await temporaryDirectory()
  ports = { ingest: await freePort(), warehouse: await freePort() }
  redis = await startRedis(directory)
  warehouse = await openWarehouse()
  const client = connectWarehouse(warehouse.url, 'test')
  await migrate(client)
  await client.close()
  await startIngest()
})

afterEach(async () => {
  await stop('SIGKILL')
  await warehouse.stop()
  await redis.stop()
  await rm(directory, { recursive: true, force: true })
})

test('ingest and ClickHouse are killed under load: every acknowledged event is there, and each is counted once', async () => {
  const senders = ['a', 'b', 'c'].map(startSender)
  const sent = () => senders.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)
  const more = async (events: number) => {
    const target = sent() + events
    await until(`${events} more events are acknowledged`, () => sent() >= target)
  }
  await more(500)
  await stop('SIGKILL')
  await startIngest()
  await more(500)
  await warehouse.stop('SIGKILL')
  await more(1000)
  expect((await ready())?.clickhouse).toBe('away')
  await stop('SIGKILL')
  await startIngest()
  await more(500)
  warehouse = await openWarehouse()
  await more(500)
  await Promise.all(senders.map((sender) => sender.stop()))
  await until('the spool is empty', async () => (await ready())?.spool.segments === 0)

  const { events, rows, orders, gross } = await counted()
  const lost = senders.flatMap(({ acknowledged }) => acknowledged).filter((id) => !events.has(id))
  expect(lost).toEqual([])
  expect(rows).toBe(events.size)
  expect(orders).toBe(events.size)
  expect(gross).toBeCloseTo(events.size / 10, 6)
})

test('SIGTERM under load: what was acknowledged is in ClickHouse when the process has ended, with 0', async () => {
  const sender = startSender('t')
  await until('something is acknowledged', () => sender.acknowledged.length > 200)
  expect(await stop('SIGTERM')).toBe(0)
  await sender.stop()
  expect((await readdir(join(directory, 'ingest', 'spool'))).filter((name) => name !== 'lock')).toEqual([])
  const { events } = await counted()
  expect(sender.acknowledged.filter((id) => !events.has(id))).toEqual([])
})

test('a start on a port in use ends with a sentence and leaves the spool to others', async () => {
  const second = spawn(process.execPath, [new URL('./serve.ts', import.meta.url).pathname], {
    env: {
      DATA_DIR: join(directory, 'second'),
      INGEST_PORT: String(ports.ingest),
      REDIS_URL: redis.url,
      SECRET_KEY: 'x',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  second.stderr.on('data', (text: Buffer) => {
    said += text
  })
  expect(await once(second, 'close')).toEqual([1, null])
  expect(said).toBe(`INGEST_PORT ${ports.ingest} on 127.0.0.1 is in use or not allowed.\n`)
})
