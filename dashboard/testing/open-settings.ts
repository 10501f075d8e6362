import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@guanlan/warehouse/settings/access'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { readEnv } from '../env.ts'
import type { Asker } from '../src/lib/server/auth/asker.ts'
import { hashPassword } from '../src/lib/server/auth/password.ts'
import { closeConnections, openConnections } from '../src/lib/server/connections.ts'
import { type Form, readForm } from '../src/lib/server/settings/form.ts'

/** The server's connections in this process, to a real warehouse and a real Redis of the test's own. */
export async function openSettings() {
  const [opened, redis, dataDir] = await Promise.all([
    openTestWarehouse(),
    startRedis(),
    mkdtemp(join(tmpdir(), 'guanlan-settings-')),
  ])
  openConnections(
    readEnv({
      DATA_DIR: dataDir,
      CLICKHOUSE_URL: opened.url,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'silent',
      READ_KEY: 'read-key-of-the-instance',
    }),
  )
  const world = { warehouse: opened.warehouse, redis: redis.redis }
  return {
    ...world,
    dataDir,
    /** Makes a user, and says who asks when they do. */
    user: async (email: string, roles: Record<string, Role>, password = 'a good password'): Promise<Asker> => {
      const value = { email, name: '', password_hash: await hashPassword(password), roles }
      await writeSetting(world, { store_id: '', kind: 'user', id: email, read_version: 0, value, actor: 'test' })
      return { kind: 'user', id: email, email, name: '', roles }
    },
    stop: async () => {
      await closeConnections()
      await Promise.all([opened.close(), redis.stop(), rm(dataDir, { recursive: true })])
    },
  }
}

/** A form as a browser sends it. */
export function formOf(fields: Record<string, string | number>): Promise<Form> {
  const body = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))
  return readForm(new Request('http://localhost/', { method: 'POST', body }))
}
