import { readdir, readFile } from 'node:fs/promises'
import type { Warehouse } from './client.ts'

const folder = new URL('./migrations/', import.meta.url)

const ledger = `
  CREATE TABLE IF NOT EXISTS migrations (name String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
  ENGINE = MergeTree ORDER BY name`

/** Applies the numbered migrations that the ledger lacks, in order, one statement each; answers the names applied. */
export async function migrate(warehouse: Warehouse): Promise<string[]> {
  await warehouse.command({ query: ledger })
  const rows = await (await warehouse.query({ query: 'SELECT name FROM migrations', format: 'JSONEachRow' })).json<{
    name: string
  }>()
  const done = new Set(rows.map((row) => row.name))
  const pending = (await readdir(folder)).filter((name) => name.endsWith('.sql') && !done.has(name)).sort()
  for (const name of pending) {
    await warehouse.command({ query: await readFile(new URL(name, folder), 'utf8') })
    await warehouse.insert({ table: 'migrations', values: [{ name }], format: 'JSONEachRow' })
  }
  return pending
}
