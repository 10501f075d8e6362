import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from './free-port.ts'
import { until } from './until.ts'

const root = new URL('..', import.meta.url).pathname

export interface Product {
  warehouse: string
  ingest: string
  jobs: string
  dashboard: string
  keys: { write: string; server: string; read: string }
  admin: { email: string; password: string }
  dataDir: string
  /** All that the processes have printed. */
  output: () => string
  /** Sends SIGTERM, waits for the drain, removes the data. */
  stop: () => Promise<void>
  supervisor: ChildProcess
}

/** Starts the whole product as `npm start -- --empty` does, on free ports and an empty data directory of its own. */
export async function startProduct(env: Record<string, string> = {}, args: string[] = ['--empty']): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'guanlan-'))
  const [warehouse, ingest, jobs, dashboard] = await freePorts(4)
  const keys = { write: 'write-key-of-the-test', server: 'server-key-of-the-test', read: 'read-key-of-the-test' }
  const admin = { email: 'owner@example.com', password: 'a long enough password' }
  const supervisor = spawn(process.execPath, ['start/start.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      WAREHOUSE_PORT: String(warehouse),
      INGEST_PORT: String(ingest),
      JOBS_PORT: String(jobs),
      DASHBOARD_PORT: String(dashboard),
      WRITE_KEY: keys.write,
      SERVER_KEY: keys.server,
      READ_KEY: keys.read,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      ...env,
    },
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  supervisor.stdout?.on('data', keep)
  supervisor.stderr?.on('data', keep)
  const at = (port: number | undefined) => `http://127.0.0.1:${port}`
  const product: Product = {
    warehouse: at(warehouse),
    ingest: at(ingest),
    jobs: at(jobs),
    dashboard: at(dashboard),
    keys,
    admin,
    dataDir,
    supervisor,
    output: () => output,
    stop: async () => {
      if (supervisor.exitCode === null && supervisor.signalCode === null) {
        const gone = new Promise((resolve) => supervisor.once('exit', resolve))
        supervisor.kill('SIGTERM')
        await gone
      }
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  try {
    await until(
      'the product being ready',
      async () => {
        if (supervisor.exitCode !== null) throw new Error('the supervisor ended')
        const ready = await Promise.all(
          [`${product.ingest}/readyz`, `${product.jobs}/readyz`, `${product.dashboard}/healthz`].map(
            async (url) => (await fetch(url)).ok,
          ),
        )
        return ready.every(Boolean) || undefined
      },
      { seconds: 180 },
    )
  } catch (error) {
    await product.stop()
    throw new Error(`The product did not start. It printed:\n${output}`, { cause: error })
  }
  return product
}
