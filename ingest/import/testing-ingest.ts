import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectWarehouse, type Warehouse } from '@guanlan/warehouse/client'
import { startWarehouse } from '@guanlan/warehouse/embedded/testing-server'
import { migrate } from '@guanlan/warehouse/migrate'
import { getRequestListener } from '@hono/node-server'
import { pino } from 'pino'
import { createApp } from '../app.ts'
import { readIngestEnv } from '../env.ts'
import { openWorld } from '../open-world.ts'

export interface TestIngest {
  url: string
  key: string
  warehouse: Warehouse
  /** Waits until ClickHouse has all that was accepted. */
  flushed: () => Promise<void>
  close: () => Promise<void>
}

/** Listens on a free port of the loopback. */
export async function listen(listener: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The real ingest before a real warehouse and Redis, in a folder of their own; for tests. */
export async function startIngest(): Promise<TestIngest> {
  const folder = await mkdtemp(join(tmpdir(), 'guanlan-import-'))
  const socket = join(folder, 'redis.sock')
  const redis = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', ''], { stdio: 'ignore' })
  const engine = await startWarehouse(join(folder, 'warehouse'))
  const warehouse = connectWarehouse(`${engine.url}/default`, 'test')
  await migrate(warehouse)
  const key = 'server-key-of-the-test'
  const env = readIngestEnv({
    DATA_DIR: join(folder, 'data'),
    CLICKHOUSE_URL: `${engine.url}/default`,
    REDIS_URL: `unix://${socket}`,
    SECRET_KEY: 'secret-key-of-the-test',
    SERVER_KEY: key,
  })
  const { world, close } = await openWorld(env, pino({ level: 'silent' }))
  const server = await listen(getRequestListener(createApp(world).fetch))
  return {
    url: server.url,
    key,
    warehouse,
    flushed: async () => {
      // A segment is nowhere for a moment while it passes from the writer to the flusher.
      for (let quiet = 0; quiet < 3; await sleep(100)) quiet = world.spool.state().segments === 0 ? quiet + 1 : 0
    },
    close: async () => {
      await server.close()
      await close(10_000)
      await warehouse.close()
      await engine.stop()
      redis.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
