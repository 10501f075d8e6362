import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { claimPorts, openDataDir } from './preflight.ts'

test('a port that is in use is named with its variable', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await expect(claimPorts('127.0.0.1', { DASHBOARD_PORT: port })).rejects.toThrow(
    `Port ${port} is in use: stop what uses it, or set DASHBOARD_PORT to another port.`,
  )
  server.close()
  await once(server, 'close')
  await claimPorts('127.0.0.1', { DASHBOARD_PORT: port })
})

test('two variables with one port are both named', async () => {
  await expect(claimPorts('127.0.0.1', { INGEST_PORT: 18_290, JOBS_PORT: 18_290 })).rejects.toThrow(
    'INGEST_PORT and JOBS_PORT are both 18290',
  )
})

test('an address of another machine is no HOST', async () => {
  await expect(claimPorts('192.0.2.1', { JOBS_PORT: 18_291 })).rejects.toThrow(
    'HOST 192.0.2.1 is not an address of this machine (EADDRNOTAVAIL).',
  )
})

test('a data directory that cannot be made is named with its variable', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guanlan-'))
  writeFileSync(join(folder, 'file'), '')
  expect(() => openDataDir(join(folder, 'file', 'data'))).toThrow(/cannot be made \(ENOTDIR\): set DATA_DIR/)
  rmSync(folder, { recursive: true })
})

test('a disk that is almost full is named with what is left and what is needed', () => {
  expect(() => openDataDir(tmpdir(), 2 ** 60)).toThrow(/^The disk of the data directory .* has \d+ MiB left and/)
})
