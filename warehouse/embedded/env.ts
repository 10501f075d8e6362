import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { parseEnv, port } from '../parse-env.ts'

const count = (least: number, most: number) =>
  z.coerce
    .number({ error: `it must be a whole number, ${least} to ${most}` })
    .int()
    .min(least)
    .max(most)

const schema = z.object({
  DATA_DIR: z.string().default('./data'),
  HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free port, which the ready line tells. */
  WAREHOUSE_PORT: z
    .union([z.literal('0').transform(Number), port], { error: 'it must be a port, 0 to 65535' })
    .default(8123),
  CLICKHOUSE_USER: z.string().default('default'),
  CLICKHOUSE_PASSWORD: z.string().default(''),
  /** Queries that read, at the same time. */
  WAREHOUSE_READS: count(2, 64).default(10),
  /** Inserts and other statements, at the same time; reads never take their places. */
  WAREHOUSE_WRITES: count(1, 32).default(4),
  /** Requests that wait for a place before more are refused. */
  WAREHOUSE_QUEUE: count(0, 10_000).default(200),
  /** Seconds that a request waits for a place before it is refused. */
  WAREHOUSE_QUEUE_SECONDS: count(1, 3600).default(30),
  /** Memory that the engine may take for queries, merges and caches, in MiB. */
  WAREHOUSE_MEMORY_MB: count(256, 1_048_576).default(800),
  /** The largest request body, uncompressed, in MiB. */
  WAREHOUSE_BODY_MB: count(1, 1_048_576).default(4096),
  /** Seconds that running statements have when the process is asked to end. */
  WAREHOUSE_DRAIN_SECONDS: count(0, 3600).default(20),
  /** Seconds without a byte of a request's body before it is given up. */
  WAREHOUSE_RECEIVE_SECONDS: count(1, 3600).default(60),
})

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** What the embedded warehouse is configured with. Without a password it listens on loopback, whatever HOST says. */
export function readEnv(env: Record<string, string | undefined> = process.env) {
  const given = parseEnv(schema, env)
  return {
    host: given.CLICKHOUSE_PASSWORD === '' && !isLoopback(given.HOST) ? '127.0.0.1' : given.HOST,
    port: given.WAREHOUSE_PORT,
    directory: resolve(given.DATA_DIR, 'clickhouse'),
    transferDirectory: resolve(given.DATA_DIR, 'clickhouse-transfer'),
    user: given.CLICKHOUSE_USER,
    password: given.CLICKHOUSE_PASSWORD,
    reads: given.WAREHOUSE_READS,
    writes: given.WAREHOUSE_WRITES,
    queue: given.WAREHOUSE_QUEUE,
    queueMs: given.WAREHOUSE_QUEUE_SECONDS * 1000,
    memoryBytes: given.WAREHOUSE_MEMORY_MB * 1024 ** 2,
    idleMs: given.WAREHOUSE_RECEIVE_SECONDS * 1000,
    drainMs: given.WAREHOUSE_DRAIN_SECONDS * 1000,
    bodyBytes: given.WAREHOUSE_BODY_MB * 1024 ** 2,
    exitWithParent: env.WAREHOUSE_EXIT_WITH_PARENT === '1',
  }
}
export type Env = ReturnType<typeof readEnv>

/** Every running query occupies a thread of libuv's pool, whose size is read once, when the pool is first used. */
export function sizeThreadPool(env: Env): void {
  process.env.UV_THREADPOOL_SIZE = String(env.reads + env.writes + 4 + availableParallelism())
}
