import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'

const root = new URL('..', import.meta.url).pathname

export const admin = { email: 'owner@example.com', password: 'a long enough password' }
export const readKey = 'read-key-of-the-test'

/** The built dashboard as a process of its own, on a free port, with a real warehouse and a real Redis of the test's own. */
export async function startDashboard(env: Record<string, string> = {}) {
  const [{ warehouse, url: clickhouse, close }, redis, port] = await Promise.all([
    openTestWarehouse(),
    startRedis(),
    freePort(),
  ])
  const server = spawn(process.execPath, ['serve.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'production',
      DASHBOARD_PORT: String(port),
      CLICKHOUSE_URL: clickhouse,
      REDIS_URL: redis.url,
      READ_KEY: readKey,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      ...env,
    },
  })
  let output = ''
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    server.kill('SIGTERM')
    const code = await ended
    await Promise.all([close(), redis.stop()])
    return code
  }
  while (
    !(await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (server.exitCode !== null) {
      await stop()
      throw new Error(`The dashboard did not start. It printed:\n${output}`)
    }
    await sleep(50)
  }
  return { url, warehouse, redis: redis.redis, stop, server, ended, output: () => output }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}
