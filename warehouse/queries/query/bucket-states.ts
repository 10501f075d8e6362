import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { bucketSql } from '../buckets.ts'
import { type Period, toParam } from '../period.ts'
import type { Store } from '../store.ts'

export type Family = 'traffic' | 'sales'
/** A rollup's width. Minutes are written by the hour, so their buckets are hours too. */
export type Width = 'minute' | 'hour' | 'day'

/** The longest that an insert may take between the time it carries and being seen. */
const settling = 'INTERVAL 10 SECOND'

export const rollupTable = (family: Family, width: Width) => `${family}_per_${width}`
export const bucketColumn = (width: Width) => (width === 'day' ? 'day' : 'hour')

const touched = `
  SELECT quarter, touched_at
  FROM touched_quarters
  WHERE store_id = {store_id:String} AND source = {family:String}
    AND quarter >= {from:DateTime64(3, 'UTC')} AND quarter < {to:DateTime64(3, 'UTC')}`

const arrived = `
  FROM orders
  WHERE store_id = {store_id:String} AND inserted_at > (
    SELECT max(position) FROM watermarks WHERE store_id = {store_id:String} AND job = 'attribution')`

// A new version of an order touches the quarter it stands in; that which it has left, the job marks when it gets to it.
// Until then order_attribution knows where the order stood.
const quarterOf = (column: string) => `toStartOfFifteenMinutes(toDateTime(${column}, 'UTC'))`
const left = `
  SELECT ${quarterOf('stood.placed_at')} AS quarter, moved.inserted_at AS touched_at
  FROM (SELECT order_id, placed_at, inserted_at ${arrived}) AS moved
  INNER JOIN (
    SELECT order_id, placed_at FROM order_attribution FINAL
    WHERE store_id = {store_id:String} AND order_id IN (SELECT order_id ${arrived})
  ) AS stood ON moved.order_id = stood.order_id
  WHERE quarter != ${quarterOf('moved.placed_at')}
    AND quarter >= {from:DateTime64(3, 'UTC')} AND quarter < {to:DateTime64(3, 'UTC')}`

interface StatesOf {
  store: Store
  family: Family
  width: Width
  period: Period
}

async function askStates(
  warehouse: Warehouse,
  { store, family, width, period: { from, to } }: StatesOf,
  asked: Asked,
): Promise<Map<string, boolean>> {
  const grain = width === 'day' ? 'day' : 'hour'
  const bounds =
    width === 'day'
      ? 'day >= {from_day:Date32} AND day < {to_day:Date32}'
      : `hour >= {from:DateTime64(3, 'UTC')} AND hour < {to:DateTime64(3, 'UTC')}`
  const rows = await ask(
    warehouse,
    {
      name: 'bucket_states',
      row: z.object({ bucket: z.string(), good: z.number() }),
      sql: `
        SELECT touched.bucket AS bucket, written.version > touched.at + ${settling} AS good
        FROM (
          SELECT ${bucketSql(grain, 'quarter')} AS bucket, max(touched_at) AS at
          FROM (${family === 'sales' ? `${touched} UNION ALL ${left}` : touched})
          GROUP BY bucket
        ) AS touched
        LEFT JOIN (
          SELECT ${bucketSql(grain, bucketColumn(width), width === 'day')} AS bucket, max(version) AS version
          FROM ${rollupTable(family, width)}
          WHERE store_id = {store_id:String} AND time_zone = {time_zone:String} AND ${bounds}
          GROUP BY bucket
        ) AS written ON touched.bucket = written.bucket`,
      params: {
        store_id: store.store_id,
        time_zone: store.time_zone,
        family,
        from: toParam(from),
        to: toParam(to),
        from_day: from.toISODate(),
        to_day: to.toISODate(),
      },
    },
    asked,
  )
  return new Map(rows.map(({ bucket, good }) => [bucket, good === 1]))
}

/**
 * The buckets that facts have ever touched in the days of a period, and whether their rollup is good: newer than every
 * change of the facts. A bucket that is not among them has no facts. Whole days are asked of, so that questions that are
 * asked together, each of a somewhat different stretch, share the answer.
 * @returns by bucket key: a day, or the Unix second of an hour
 */
export function readBucketStates(
  warehouse: Warehouse,
  { store, family, width, period }: StatesOf,
  asked: Asked,
): Promise<Map<string, boolean>> {
  const from = period.from.startOf('day')
  const to = period.to > from ? period.to.minus(1).startOf('day').plus({ days: 1 }) : from
  const days = { store, family, width, period: { from, to } }
  const { together, signal, ...shared } = asked
  if (!together) return askStates(warehouse, days, asked)
  const key = JSON.stringify(['bucket_states', store, family, width, +from, +to])
  const known = together.get(key) as ReturnType<typeof askStates> | undefined
  // Without the asker's signal: who leaves must not take the answer from those who share it.
  const states = known ?? askStates(warehouse, days, shared)
  together.set(key, states)
  states.catch(() => together.delete(key))
  return states
}
