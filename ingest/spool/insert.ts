import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Segment } from './segment.ts'
import type { Table } from './tables.ts'

const clickhouse_settings = {
  async_insert: 0,
  // A chunk is one block: it is there as a whole or not at all.
  max_insert_block_size: '1000000',
  input_format_parallel_parsing: 0,
  max_partitions_per_insert_block: '0',
  date_time_input_format: 'best_effort',
  // `{"a.b": 1, "a": {"b": 2}}` is one path twice: the first is taken, the event is not refused for it.
  type_json_skip_duplicated_paths: 1,
  log_comment: JSON.stringify({ query: 'spool', by: 'ingest' }),
} as const

async function insert(warehouse: Warehouse, table: Table, values: Readable, signal: AbortSignal): Promise<void> {
  try {
    const { stream } = await warehouse.exec({
      query: `INSERT INTO ${table} FORMAT JSONEachRow`,
      values,
      abort_signal: signal,
      clickhouse_settings,
    })
    for await (const _ of stream) {
      // The connection is free again once its empty answer is read.
    }
  } finally {
    values.destroy()
  }
}

/** One INSERT, streamed from the file. */
export const insertSegment = (warehouse: Warehouse, segment: Segment, signal: AbortSignal): Promise<void> =>
  insert(
    warehouse,
    segment.table,
    createReadStream(segment.path, { end: segment.bytes - 1, highWaterMark: 256 * 1024 }),
    signal,
  )

/** One INSERT of some rows of a segment. */
export const insertLines = (warehouse: Warehouse, table: Table, lines: Buffer[], signal: AbortSignal): Promise<void> =>
  insert(warehouse, table, Readable.from(lines, { objectMode: false }), signal)

const refusals = new RegExp(
  `^(${[
    'CANNOT_PARSE_.*',
    'CANNOT_READ_(ARRAY|MAP|TUPLE)_FROM_TEXT',
    'CANNOT_CONVERT_TYPE',
    'CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN',
    'INCORRECT_DATA',
    'ARGUMENT_OUT_OF_BOUND',
    'TYPE_MISMATCH',
    'DECIMAL_OVERFLOW',
    'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE',
    'VIOLATED_CONSTRAINT',
    'SIZES_OF_ARRAYS_DONT_MATCH',
    'SIZES_OF_NESTED_COLUMNS_ARE_INCONSISTENT',
    'TOO_LARGE_(STRING|ARRAY)_SIZE',
    'TOO_DEEP_RECURSION',
    'UNEXPECTED_DATA_AFTER_PARSED_VALUE',
  ].join('|')})$`,
)

/** Whether ClickHouse says that the rows are wrong; anything else (away, overloaded, read-only, no such table) passes. */
export const isRefusal = (error: unknown): boolean => {
  const type = (error as { type?: unknown }).type
  return typeof type === 'string' && refusals.test(type)
}
