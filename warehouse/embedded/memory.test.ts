import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StartedWarehouse, startWarehouse } from './testing-server.ts'

let directory: string
let server: StartedWarehouse
const onLinux = test.runIf(process.platform === 'linux')
if (process.platform !== 'linux')
  process.stderr.write('Skipped: resident memory is read from /proc, which only Linux has.\n')

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guanlan-'))
  server = await startWarehouse(directory)
})
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

const memory = (name: 'VmHWM' | 'VmRSS') =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024

/** MiB that the process had resident at its worst while `work` ran, over what it had before. */
async function growth(work: () => Promise<void>): Promise<number> {
  const before = memory('VmRSS')
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5')
  await work()
  return memory('VmHWM') - before
}

onLinux(
  'a result of a gigabyte is never in memory',
  async () => {
    const client = createClient({ url: server.url, request_timeout: 120_000 })
    let size = 0
    const grown = await growth(async () => {
      const answer = await client.exec({ query: "SELECT repeat('x', 99) FROM numbers(10000000) FORMAT LineAsString" })
      for await (const chunk of answer.stream) size += chunk.length
    })
    expect(size).toBe(1_000_000_000)
    expect(grown).toBeLessThan(250)
    await client.close()
  },
  120_000,
)

onLinux(
  'nor are the rows of an insert of 800 megabytes',
  async () => {
    const client = createClient({ url: server.url, request_timeout: 120_000 })
    await client.command({ query: 'CREATE TABLE wide (s String) ENGINE = Null' })
    const lines = `${'y'.repeat(99)}\n`.repeat(10_000)
    const grown = await growth(async () => {
      const values = Readable.from(
        Array.from({ length: 800 }, () => lines),
        { objectMode: false },
      )
      const { summary } = await client.exec({ query: 'INSERT INTO wide FORMAT LineAsString', values })
      expect(summary?.written_rows).toBe('8000000')
    })
    expect(grown).toBeLessThan(600)
    await client.close()
  },
  120_000,
)
