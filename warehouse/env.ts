import { resolve } from 'node:path'
import { z } from 'zod'
import { timeZone } from './instant.ts'
import { httpUrl, parseEnv, port, redisUrl } from './parse-env.ts'
import { storeId } from './settings/store-id.ts'

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
  /** Of the embedded warehouse, which asks for them when there is a password; any other has them in CLICKHOUSE_URL. */
  CLICKHOUSE_USER: z.string().default('default'),
  CLICKHOUSE_PASSWORD: z.string().default(''),
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

/** The store that an empty warehouse gets, and that WRITE_KEY belongs to. */
export const firstStore = {
  STORE_ID: storeId.default('main'),
  STORE_TIMEZONE: timeZone.default('Asia/Shanghai'),
  STORE_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'it must be an ISO 4217 code, as in CNY')
    .default('CNY'),
}

/** Where the embedded warehouse is: on loopback, unless it has a password and HOST is an address of this machine. */
function embeddedUrl(env: {
  HOST: string
  WAREHOUSE_PORT: number
  CLICKHOUSE_USER: string
  CLICKHOUSE_PASSWORD: string
}) {
  const open = env.CLICKHOUSE_PASSWORD === '' || env.HOST === '0.0.0.0' || env.HOST === '::'
  const url = new URL(`http://127.0.0.1:${env.WAREHOUSE_PORT}/default`)
  if (!open) url.hostname = env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST
  if (env.CLICKHOUSE_PASSWORD !== '') {
    url.username = encodeURIComponent(env.CLICKHOUSE_USER)
    url.password = encodeURIComponent(env.CLICKHOUSE_PASSWORD)
  }
  return url.href
}

/**
 * The environment of a process: what is common to all of ours and its own.
 * @param own its own variables, as in `{ INGEST_PORT: port.default(4000), SECRET_KEY: secretKey }`
 * @returns the values; CLICKHOUSE_URL is the embedded warehouse's when it is not given
 * @throws EnvError whose message is one sentence for each wrong variable, and never repeats a value
 */
export function readEnv<Own extends z.ZodRawShape>(own: Own, env: Record<string, string | undefined> = process.env) {
  const base = parseEnv(z.object(everywhere), env)
  return { ...base, CLICKHOUSE_URL: base.CLICKHOUSE_URL ?? embeddedUrl(base), ...parseEnv(z.object(own), env) }
}
