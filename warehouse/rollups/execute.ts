import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { ask } from '../define-query.ts'

interface Statement {
  /** As it appears in the query log. */
  name: string
  sql: string
  params: Record<string, unknown>
}

// One thread and memory that spills: derived tables must not take the machine from who asks and who sends.
const modest = {
  max_threads: 1,
  max_bytes_before_external_group_by: '200000000',
  max_bytes_before_external_sort: '200000000',
  max_memory_usage: '1500000000',
  // A statement's rows become one block and so one part, visible at once or not at all.
  min_insert_block_size_rows: '1000000000',
  min_insert_block_size_bytes: '0',
  max_block_size: '65409',
} as const

/** Runs a statement that writes a derived table. */
export async function execute(warehouse: Warehouse, { name, sql, params }: Statement): Promise<void> {
  await warehouse.command({
    query: sql,
    query_params: params,
    clickhouse_settings: { ...modest, log_comment: JSON.stringify({ query: name, by: 'jobs' }) },
  })
}

const clock = z.object({ now: z.string() })

/**
 * ClickHouse's own time, to the microsecond: the version of what is read from here on. Always its clock and never ours,
 * because `inserted_at` is set by it.
 */
export async function readClock(warehouse: Warehouse): Promise<string> {
  const [row] = await ask(warehouse, {
    name: 'clock',
    params: {},
    row: clock,
    sql: `SELECT toString(now64(6, 'UTC')) AS now`,
  })
  if (!row) throw new Error('ClickHouse answered without the time.')
  return row.now
}
