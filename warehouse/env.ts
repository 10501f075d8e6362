import { resolve } from 'node:path'
import { z } from 'zod'
import { httpUrl, parseEnv, port, redisUrl } from './parse-env.ts'

/** What every process of ours reads from its environment. */
const everywhere = {
  /** Everything that is on disk lies below it. */
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((path) => resolve(path)),
  HOST: z.string().default('127.0.0.1'),
  WAREHOUSE_PORT: port.default(8123),
  CLICKHOUSE_URL: httpUrl.optional(),
  /** Names a cluster of ClickHouse; then tables are replicated and distributed. */
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'it must be the name of a cluster: letters, digits and _')
    .optional(),
  REDIS_URL: redisUrl.default('redis://127.0.0.1:6379'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
}

/** Signs cookies and hashes what must not be stored in the clear; the same one in every process. */
export const secretKey = z.string({ error: 'it must be set; `npm start` makes one' })

/**
 * The environment of a process: what is common to all of ours and its own.
 * @param own its own variables, as in `{ INGEST_PORT: port.default(4000), SECRET_KEY: secretKey }`
 * @returns the values; CLICKHOUSE_URL is the embedded warehouse's when it is not given
 * @throws EnvError whose message is one sentence for each wrong variable, and never repeats a value
 */
export function readEnv<Own extends z.ZodRawShape>(own: Own, env: Record<string, string | undefined> = process.env) {
  const base = parseEnv(z.object(everywhere), env)
  const { CLICKHOUSE_URL = `http://127.0.0.1:${base.WAREHOUSE_PORT}/default` } = base
  return { ...base, CLICKHOUSE_URL, ...parseEnv(z.object(own), env) }
}
