import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import type { Hono } from 'hono'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { readIngestEnv } from './env.ts'
import { openWorld } from './open-world.ts'
import type { World } from './world.ts'

/** A directory of its own; a socket in it has a path that is short enough. */
export const temporaryDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'guanlan-ingest-'))

/** Waits until something holds, and says what it waited for when it never does. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It never came true that ${what}.`)
    await sleep(20)
  }
}

export const keys = { write: 'write-key-of-main', server: 'server-key-of-all', read: 'read-key-of-all' }

export interface TestIngest {
  app: Hono
  /** Where it keeps what is not in ClickHouse yet. */
  directory: string
  world: World
  /** Moves the clock that arrivals are stamped with. */
  setNow: (iso: string) => void
  /** Rows of a SELECT, once everything accepted is in ClickHouse. */
  ask: <Row>(sql: string) => Promise<Row[]>
  send: (path: string, body: unknown, init?: { key?: string; headers?: Record<string, string> }) => Promise<Response>
  close: () => Promise<void>
}

/** Ingest in this process over a real ClickHouse and a real Redis, with a store `main` in CNY. */
export async function openTestIngest(env: Record<string, string> = {}): Promise<TestIngest> {
  const directory = await temporaryDirectory()
  const redis = await startRedis()
  const { warehouse, url, close } = await openTestWarehouse()
  const writer = connectRedis(redis.url, { name: 'test' })
  const value = { name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY', trusts_sender_sessions: false }
  const document = { kind: 'store', store_id: 'main', id: 'main', read_version: 0, actor: 'test' } as const
  await writeSetting({ warehouse, redis: writer }, { ...document, value })
  writer.disconnect()
  const opened = await openWorld(
    readIngestEnv({
      DATA_DIR: directory,
      CLICKHOUSE_URL: url,
      REDIS_URL: redis.url,
      SECRET_KEY: 'a secret for tests',
      WRITE_KEY: keys.write,
      SERVER_KEY: keys.server,
      READ_KEY: keys.read,
      SPOOL_MIN_FREE_BYTES: '1',
      ...env,
    }),
    pino({ level: 'silent' }),
  )
  let now: number | undefined
  const world: World = { ...opened.world, now: () => now ?? Date.now() }
  const app = createApp(world)
  await until('Redis is connected', () => world.redis.status === 'ready')
  return {
    ...{ app, directory, world },
    setNow: (iso) => {
      now = Date.parse(iso)
    },
    ask: async <Row>(sql: string) => {
      await until('the spool is empty', () => world.spool.state().segments === 0)
      return (await warehouse.query({ query: sql, format: 'JSONEachRow' })).json<Row>()
    },
    send: async (path, body, { key = keys.write, headers = {} } = {}) =>
      app.request(path, {
        method: 'POST',
        body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
        headers: { ...(key && { authorization: `Bearer ${key}` }), 'content-type': 'application/json', ...headers },
      }),
    close: async () => {
      await opened.close(5000)
      await redis.stop()
      await close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
