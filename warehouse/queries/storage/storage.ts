import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, defineQuery } from '../../define-query.ts'

const tables = defineQuery({
  name: 'storage_of_tables',
  params: z.object({}),
  row: z.object({ table: z.string(), rows: z.number(), bytes: z.number(), parts: z.number() }),
  sql: `
    SELECT table, sum(in_partition.rows) AS rows, sum(in_partition.bytes) AS bytes, max(in_partition.parts) AS parts
    FROM (
      SELECT table, partition_id, sum(p.rows) AS rows, sum(p.bytes_on_disk) AS bytes, count() AS parts
      FROM system.parts AS p
      WHERE p.active AND p.database = currentDatabase()
      GROUP BY table, partition_id
    ) AS in_partition
    GROUP BY table
    ORDER BY bytes DESC`,
})

/** Tables of facts that know when each row came: how they grow. */
const growing = ['events', 'orders', 'refunds', 'rejected_events', 'page_clicks', 'page_readings', 'module_readings'] as const // biome-ignore format: a list

const growth = defineQuery({
  name: 'storage_growth',
  params: z.object({}),
  row: z.object({ table: z.string(), rows: z.number() }),
  sql: growing
    .map(
      (table) =>
        `SELECT '${table}' AS table, count() AS rows FROM ${table} WHERE inserted_at >= now64(3) - INTERVAL 1 DAY`,
    )
    .join(' UNION ALL '),
})

const server = defineQuery({
  name: 'storage_of_server',
  params: z.object({}),
  row: z.object({ version: z.string(), free_bytes: z.number(), total_bytes: z.number() }),
  sql: `
    SELECT version() AS version, free_space AS free_bytes, total_space AS total_bytes
    FROM system.disks
    ORDER BY free_space / total_space
    LIMIT 1`,
})

/** What the warehouse holds and how much room it has. */
export interface Storage {
  version: string
  /** Of the fullest disk. */
  disk: { free_bytes: number; total_bytes: number }
  /** The largest first; `parts` is of the partition that has most. */
  tables: {
    table: string
    rows: number
    bytes: number
    parts: number
    day_rows: number | null
    day_bytes: number | null
  }[]
}

/** Reads how much the warehouse holds, of every store together. On a cluster: of the server that answers. */
export async function readStorage(warehouse: Warehouse, asked: Asked = {}): Promise<Storage> {
  const [all, grown, [told]] = await Promise.all([
    tables(warehouse, {}, asked),
    growth(warehouse, {}, asked),
    server(warehouse, {}, asked),
  ])
  const rowsOf = new Map(grown.map(({ table, rows }) => [table, rows]))
  const { version = '', free_bytes = 0, total_bytes = 0 } = told ?? {}
  return {
    version,
    disk: { free_bytes, total_bytes },
    tables: all.map((table) => {
      const day_rows = rowsOf.get(table.table) ?? null
      const each = table.rows === 0 ? 0 : table.bytes / table.rows
      return { ...table, day_rows, day_bytes: day_rows === null ? null : Math.round(day_rows * each) }
    }),
  }
}
