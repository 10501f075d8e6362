import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Warehouse } from './client.ts'
import { render, statementOf } from './render.ts'

export class MigrationError extends Error {
  override name = 'MigrationError'
  readonly code = 'cannot_migrate'
}

const ours = new URL('./migrations/', import.meta.url)

const ledger = `CREATE TABLE IF NOT EXISTS migrations
(
    name String,
    checksum String COMMENT 'SHA-256 of the statement without its comments',
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY name`

/** The numbered migrations of a folder, in order. */
export async function readMigrations(folder: URL = ours): Promise<{ name: string; sql: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })))
}

const checksum = (sql: string) => createHash('sha256').update(statementOf(sql).replace(/\s+/g, ' ')).digest('hex')

/**
 * Applies the migrations that the ledger lacks, one statement at a time. Several processes may do it at once: every
 * statement is idempotent, and so is a second line in the ledger.
 * @param options cluster: its name when tables are to be replicated and distributed
 * @returns the names applied
 * @throws MigrationError when a migration was changed after it was applied, or the warehouse is ahead of this version
 */
export async function migrate(
  warehouse: Warehouse,
  { cluster, folder }: { cluster?: string | undefined; folder?: URL } = {},
): Promise<string[]> {
  const migrations = await readMigrations(folder)
  for (const query of render(ledger, cluster)) await warehouse.command({ query })
  const rows = await (
    await warehouse.query({ query: 'SELECT name, checksum FROM migrations', format: 'JSONEachRow' })
  ).json<{ name: string; checksum: string }>()
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))

  const changed = migrations.find(({ name, sql }) => applied.has(name) && applied.get(name) !== checksum(sql))
  if (changed) {
    throw new MigrationError(
      `The migration ${changed.name} was changed after it had been applied here: restore it, and put the change into a new one.`,
    )
  }
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...applied.keys()].find((name) => !known.has(name))
  if (unknown) {
    throw new MigrationError(
      `The warehouse has the migration ${unknown}, which this version does not: run the version that applied it, or a later one.`,
    )
  }

  const pending = migrations.filter(({ name }) => !applied.has(name))
  for (const { name, sql } of pending) {
    for (const query of render(sql, cluster)) await warehouse.command({ query })
    await warehouse.insert({ table: 'migrations', values: [{ name, checksum: checksum(sql) }], format: 'JSONEachRow' })
  }
  return pending.map(({ name }) => name)
}
