import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { root } from './root.ts'
import type { SecretName } from './secrets.ts'
import { stages } from './stages.ts'

const secrets: Record<SecretName, string> = {
  SECRET_KEY: 'secret',
  ADMIN_EMAIL: 'ann@x',
  ADMIN_PASSWORD: 'password',
  WRITE_KEY: 'write',
  SERVER_KEY: 'server',
  READ_KEY: 'read',
}
const names = Object.keys(secrets)

/** Which secrets each process is handed. */
async function handed(): Promise<Record<string, string[]>> {
  const env = readEnv({ CLICKHOUSE_URL: 'http://127.0.0.1:8123', REDIS_URL: 'redis://127.0.0.1:6379' })
  const all = await stages(env, secrets, { say: () => {}, hasDemo: true })
  const processes = all.flatMap(({ services, tasks }) => [...services, ...tasks])
  return Object.fromEntries(processes.map((one) => [one.name, names.filter((name) => name in one.env).sort()]))
}

/** Which secrets an env.ts reads. */
const read = (file: string) => {
  const text = readFileSync(join(root, file), 'utf8')
  return names.filter((name) => new RegExp(`^\\s+${name}:`, 'm').test(text)).sort()
}

test('each process is handed the secrets that its env.ts reads, and no other', async () => {
  const { ingest, jobs, dashboard, demo, setup } = await handed()
  expect(demo).toEqual(['SERVER_KEY'])
  expect({ ingest, jobs, dashboard, demo, setup }).toEqual({
    ingest: read('ingest/env.ts'),
    jobs: read('jobs/env.ts'),
    dashboard: read('dashboard/env.ts'),
    demo: read('demo/env.ts'),
    setup: read('warehouse/env.ts'),
  })
})
