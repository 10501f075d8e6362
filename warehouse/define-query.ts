import { z } from 'zod'
import { patienceSeconds, type Warehouse } from './client.ts'

export interface Asked {
  /** Who asks: a user, a key or a job; it goes into the query log. */
  by?: string
  signal?: AbortSignal
  /** What questions that were asked together have found out; each looks here before it asks the same. */
  together?: Map<string, Promise<unknown>>
}

interface Definition<Params extends z.ZodObject, Row extends z.ZodType> {
  name: string
  params: Params
  row: Row
  /** Takes values only as `{name:Type}`. */
  sql: string
}

class RowError extends Error {
  override name = 'RowError'
  readonly code = 'unexpected_row'
}

/** Asks once: SQL with `{name:Type}` and already validated parameters in, validated rows out. */
export async function ask<Row extends z.ZodType>(
  warehouse: Warehouse,
  query: { name: string; sql: string; row: Row; params: Record<string, unknown> },
  asked: Asked = {},
): Promise<z.output<Row>[]> {
  const answer = await warehouse.query({
    query: query.sql,
    query_params: query.params,
    format: 'JSONEachRow',
    clickhouse_settings: {
      log_comment: JSON.stringify({ query: query.name, by: asked.by ?? 'system' }),
      max_execution_time: patienceSeconds,
    },
    ...(asked.signal && { abort_signal: asked.signal }),
  })
  const rows = z.array(query.row).safeParse(await answer.json())
  if (rows.success) return rows.data
  throw new RowError(`The query ${query.name} answered with rows of another shape.`, { cause: rows.error })
}

/**
 * Makes a typed function of SQL, a schema of its parameters and a schema of a row.
 * @example
 * const orders = defineQuery({ name: 'orders', params: z.object({ store_id: z.string() }), row: z.object({ n: z.number() }),
 *   sql: 'SELECT count() AS n FROM orders_current WHERE store_id = {store_id:String}' })
 * const [{ n }] = await orders(warehouse, { store_id: 'main' })
 */
export function defineQuery<Params extends z.ZodObject, Row extends z.ZodType>(definition: Definition<Params, Row>) {
  return (warehouse: Warehouse, params: z.input<Params>, asked?: Asked): Promise<z.output<Row>[]> =>
    ask(warehouse, { ...definition, params: definition.params.parse(params) }, asked)
}
