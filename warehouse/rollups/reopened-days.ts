import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { day } from '../instant.ts'
import type { DueBucket } from './due-buckets.ts'
import { execute } from './execute.ts'
import type { Source } from './tables.ts'

/** A day closes at its midnight; what arrives this much later is late, what arrives before is on its way. */
const grace = 'INTERVAL 15 MINUTE'

const late: Record<Source, string> = {
  traffic: `SELECT occurred_at AS at, inserted_at FROM events
    WHERE store_id = {store_id:String} AND occurred_at >= {from:DateTime64(3, 'UTC')} AND occurred_at < {to:DateTime64(3, 'UTC')}
      AND inserted_at > {since:DateTime64(6, 'UTC')}`,
  sales: `SELECT placed_at AS at, inserted_at FROM orders
    WHERE store_id = {store_id:String} AND placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
      AND inserted_at > {since:DateTime64(6, 'UTC')}
    UNION ALL
    SELECT assumeNotNull(left_at) AS at, version AS inserted_at FROM attribution_changes
    WHERE store_id = {store_id:String} AND left_at >= {from:DateTime64(3, 'UTC')} AND left_at < {to:DateTime64(3, 'UTC')}
      AND version > {since:DateTime64(6, 'UTC')}`,
}

const record = (source: Source) => `
  INSERT INTO reopened_days (store_id, source, time_zone, day, closed_at, reopened_at, facts, version)
  SELECT {store_id:String}, '${source}', {time_zone:String}, closed.day, any(closed.closed_at) AS ended_at, max(arrived.inserted_at), count(),
    {version:DateTime64(6, 'UTC')}
  FROM (
    SELECT tupleElement(made, 1) AS day, tupleElement(made, 2) AS made_at,
      toTimeZone(toDateTime(day + 1, {time_zone:String}), 'UTC') AS closed_at
    FROM (SELECT arrayJoin(arrayZip({days:Array(Date32)}, {versions:Array(DateTime64(6, 'UTC'))})) AS made)
    WHERE made_at >= closed_at
  ) AS closed
  INNER JOIN (SELECT toDate32(at, {time_zone:String}) AS day, inserted_at FROM (${late[source]})) AS arrived ON closed.day = arrived.day
  WHERE arrived.inserted_at > closed.made_at - INTERVAL 10 SECOND AND arrived.inserted_at > closed.closed_at + ${grace}
  GROUP BY closed.day`

interface Due {
  source: Source
  store_id: string
  time_zone: string
  version: string
  /** Days about to be made again, with the version that they had. */
  days: readonly DueBucket[]
}

/** Notes those of the days that had been made after their end, and that late rows now change. */
export async function recordReopenedDays(warehouse: Warehouse, { source, days, ...zoned }: Due): Promise<void> {
  const known = days.filter(({ version }) => !version.startsWith('1970'))
  const versions = known.map(({ version }) => version)
  if (known.length === 0) return
  await execute(warehouse, {
    name: 'reopened days',
    sql: record(source),
    params: {
      ...zoned,
      days: known.map(({ bucket }) => bucket),
      versions,
      from: known.map(({ from }) => from).sort()[0],
      to: known
        .map(({ to }) => to)
        .sort()
        .at(-1),
      since: [...versions].sort()[0],
    },
  })
}

/**
 * Days between from and to, both inclusive, whose numbers moved after they had closed: when last, how often, and by how
 * many late rows of events or orders, copies included.
 */
export const reopenedDays = defineQuery({
  name: 'reopened_days',
  params: z.object({ store_id: z.string(), time_zone: z.string(), from: day, to: day }),
  row: z.object({
    day: z.string(),
    source: z.enum(['traffic', 'sales']),
    closed_at: z.string(),
    reopened_at: z.string(),
    times: z.number(),
    facts: z.number(),
  }),
  sql: `
    SELECT toString(r.day) AS day, source, toString(any(r.closed_at)) AS closed_at, toString(max(r.reopened_at)) AS reopened_at, count() AS times,
      sum(r.facts) AS facts
    FROM reopened_days AS r FINAL
    WHERE store_id = {store_id:String} AND time_zone = {time_zone:String} AND r.day >= {from:Date32} AND r.day <= {to:Date32}
    GROUP BY r.day, source
    ORDER BY r.day, source`,
})

/** Of the last 35 days: how many rows came after their day had closed, and how many days that moved. */
export const lateRows = defineQuery({
  name: 'late_rows',
  params: z.object({ store_id: z.string(), time_zone: z.string() }),
  row: z.object({ facts: z.number(), days: z.number() }),
  sql: `
    SELECT sum(facts) AS facts, uniqExact(day) AS days
    FROM (
      SELECT facts, day FROM reopened_days FINAL
      WHERE store_id = {store_id:String} AND time_zone = {time_zone:String} AND day > today() - 35
    )`,
})
