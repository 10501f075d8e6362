import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'

const params = z.object({ store_id: z.string(), since: z.string(), now: z.string(), rows: z.int().positive() })

// The arrivals of ever later inserts until there are enough rows, at least one insert.
const next = (table: 'events' | 'orders') =>
  defineQuery({
    name: `next arrivals in ${table}`,
    params,
    row: z.object({ until: z.string(), settled: z.string(), rows: z.number(), more: z.coerce.boolean() }),
    sql: `
      WITH
        {now:DateTime64(6, 'UTC')} - INTERVAL 10 SECOND AS visible,
        arrivals AS (
          SELECT inserted_at, arrived, sum(arrived) OVER (ORDER BY inserted_at) - arrived AS before
          FROM (
            SELECT inserted_at, count() AS arrived
            FROM ${table}
            WHERE store_id = {store_id:String}
              AND inserted_at > {since:DateTime64(3, 'UTC')} AND inserted_at <= {now:DateTime64(6, 'UTC')}
            GROUP BY inserted_at
          )
        )
      SELECT
        countIf(NOT taken) > 0 AS more,
        toDateTime64(if(more, maxIf(inserted_at, taken), {now:DateTime64(6, 'UTC')}), 3, 'UTC') AS last_at,
        toString(last_at) AS until,
        toString(toDateTime64(least(last_at, visible), 3, 'UTC')) AS settled,
        sumIf(arrived, taken) AS rows
      FROM (SELECT *, before < {rows:UInt64} AS taken FROM arrivals)`,
  })

const of = { events: next('events'), orders: next('orders') }

export interface Arrivals {
  /** inserted_at of the last of them, or now when they are all, inclusive. */
  until: string
  /** Up to where everything inserted is surely visible by now: where the watermark may move. */
  settled: string
  rows: number
  /** Whether later ones wait. */
  more: boolean
}

/**
 * The next rows of a table in the order in which they were inserted, bounded by `rows` but for the last insert.
 * What was inserted in the last ten seconds is answered again next time, for another insert may still become visible.
 */
export async function nextArrivals(
  warehouse: Warehouse,
  table: 'events' | 'orders',
  where: z.input<typeof params>,
): Promise<Arrivals> {
  const [row] = await of[table](warehouse, where)
  if (!row) throw new Error('An aggregate without keys answered no row.')
  return row
}
