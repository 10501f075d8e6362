import { demo } from '@guanlan/demo/env'
import { firstStore, readEnv as readEnvOf } from '@guanlan/warehouse/env'
import { emailAddress, port } from '@guanlan/warehouse/parse-env'
import { z } from 'zod'

const key = z.string().optional()

const own = {
  INGEST_PORT: port.default(4000),
  JOBS_PORT: port.default(4100),
  DASHBOARD_PORT: port.default(3000),
  SECRET_KEY: key,
  ADMIN_EMAIL: emailAddress.optional(),
  ADMIN_PASSWORD: key,
  WRITE_KEY: key,
  SERVER_KEY: key,
  READ_KEY: key,
  ...firstStore,
  ...demo,
}

/** What `npm start` reads, of which it hands on to each process what it needs. @throws EnvError */
export const readEnv = (env: Record<string, string | undefined> = process.env) => ({
  ...readEnvOf(own, env),
  /** Whether these are somebody else's; then none is started. */
  clickhouseGiven: Boolean(env.CLICKHOUSE_URL),
  redisGiven: Boolean(env.REDIS_URL),
})
export type Env = ReturnType<typeof readEnv>
