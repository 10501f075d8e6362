import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { connectWarehouse, type Warehouse } from './client.ts'
import { connectRedis } from './connect-redis.ts'
import { firstStore, readEnv } from './env.ts'
import { MigrationError, migrate } from './migrate.ts'
import { EnvError } from './parse-env.ts'
import { currentVersion } from './settings/read.ts'
import { SettingConflict, writeSetting } from './settings/write.ts'

/** Makes a warehouse ready for the other processes, and ends: migrations, then the first store. Changes nothing the second time. */

const log = pino({ name: 'setup' })
const patience = 60_000

class SetupError extends Error {
  override name = 'SetupError'
  readonly code = 'cannot_set_up'
}

async function answering(warehouse: Warehouse, url: string): Promise<void> {
  const deadline = Date.now() + patience
  for (;;) {
    const pong = await warehouse.ping()
    if (pong.success) return
    if (Date.now() > deadline) {
      const { host } = new URL(url)
      throw new SetupError(
        `ClickHouse at ${host} did not answer within ${patience / 1000} s (CLICKHOUSE_URL): ${pong.error.message}`,
      )
    }
    await sleep(200)
  }
}

/** A server has no database of ours at first; the embedded engine has `default` alone. */
async function makeDatabase(url: string, cluster: string | undefined): Promise<void> {
  const address = new URL(url)
  const database = decodeURIComponent(address.pathname.slice(1))
  if (database === '' || database === 'default') return
  if (!/^\w+$/.test(database)) throw new SetupError('CLICKHOUSE_URL must name a database of letters, digits and _.')
  address.pathname = '/'
  const server = connectWarehouse(address.href, 'setup')
  await server.command({
    query: `CREATE DATABASE IF NOT EXISTS ${database}${cluster ? ` ON CLUSTER ${cluster}` : ''}`,
  })
  await server.close()
}

async function setUp(): Promise<void> {
  const env = readEnv(firstStore)
  const warehouse = connectWarehouse(env.CLICKHOUSE_URL, 'setup')
  const redis = connectRedis(env.REDIS_URL, { name: 'setup', maxRetriesPerRequest: 20 })
  try {
    await answering(warehouse, env.CLICKHOUSE_URL)
    await makeDatabase(env.CLICKHOUSE_URL, env.CLICKHOUSE_CLUSTER)
    const applied = await migrate(warehouse, { cluster: env.CLICKHOUSE_CLUSTER })
    log.info({ applied: applied.length }, 'migrations applied')

    const { STORE_ID: store_id, STORE_TIMEZONE: time_zone, STORE_CURRENCY: currency } = env
    const document = { kind: 'store', store_id, id: store_id } as const
    if ((await currentVersion(warehouse, document)).version > 0) return
    const value = { name: store_id, time_zone, currency, trusts_sender_sessions: false }
    await writeSetting({ warehouse, redis }, { ...document, read_version: 0, value, actor: 'setup' })
    log.info({ store_id, time_zone, currency }, 'first store made')
  } finally {
    await warehouse.close()
    redis.disconnect()
  }
}

try {
  await setUp()
} catch (error) {
  // Another setup was faster: the store is there.
  if (!(error instanceof SettingConflict)) {
    const known = error instanceof EnvError || error instanceof SetupError || error instanceof MigrationError
    if (known) log.fatal(error.message)
    else log.fatal({ err: error }, 'The warehouse cannot be set up')
    process.exitCode = 1
  }
}
