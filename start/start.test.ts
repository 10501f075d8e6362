import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { lockFolder } from './lock.ts'
import { root } from './root.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-'))
  return () => rmSync(folder, { recursive: true })
})

/** Runs what `npm start` hands over to, where it is expected to refuse. */
async function refused(env: Record<string, string>, args: string[] = []): Promise<string> {
  const child = spawn(process.execPath, ['start/start.ts', ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  const [out, err] = await said
  expect(out).toBe('')
  return err
}

test('wrong variables are named in one go, and nothing is made', async () => {
  expect(await refused({ STORE_CURRENCY: 'yuan', INGEST_PORT: 'http' })).toBe(
    'INGEST_PORT is wrong: it must be a port, 1 to 65535. STORE_CURRENCY is wrong: it must be an ISO 4217 code, as in CNY.\n',
  )
  expect(existsSync(join(folder, 'data'))).toBe(false)
})

test('a port in use is named with its variable', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  expect(await refused({ JOBS_PORT: String(port), WAREHOUSE_PORT: '18281', INGEST_PORT: '18282' })).toBe(
    `Port ${port} is in use: stop what uses it, or set JOBS_PORT to another port.\n`,
  )
  server.close()
})

test('a data directory in use is named with the process that has it', async () => {
  const release = await lockFolder(join(folder, 'data', 'run'), 'it')
  expect(await refused({})).toBe(`The data directory ${join(folder, 'data')} is in use by process ${process.pid}.\n`)
  release()
})

test('damaged secrets stop the start rather than lock everybody out', async () => {
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'secrets.json'), 'oops')
  const ports = { WAREHOUSE_PORT: '18283', INGEST_PORT: '18284', JOBS_PORT: '18285', DASHBOARD_PORT: '18286' }
  expect(await refused(ports)).toContain('secrets.json is damaged.')
})

test('an option that is not there is refused', async () => {
  expect(await refused({}, ['--full'])).toBe('--full is not an option; there is --empty.\n')
})
