import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, defineQuery } from '../../define-query.ts'
import { fromClickHouse, toClickHouse } from '../../instant.ts'
import { rollupLag } from '../../rollups/due-buckets.ts'
import { reopenedDays } from '../../rollups/reopened-days.ts'
import type { Store } from '../store.ts'
import type { DataHealthAnswer } from './contract.ts'

const traffic = defineQuery({
  name: 'health_of_traffic',
  params: z.object({ store_id: z.string(), since: z.string(), lately: z.string() }),
  row: z.object({
    events: z.number(),
    lately: z.number(),
    bots: z.number(),
    reasons: z.array(z.tuple([z.string(), z.number()])),
  }),
  sql: `
    SELECT count() AS events, countIf(inserted_at >= {lately:DateTime64(3, 'UTC')}) AS lately, countIf(is_bot) AS bots,
      arraySort(reason -> (-reason.2, reason.1), arrayZip(sumMap(bot_reasons, arrayResize([1], length(bot_reasons), 1)).1,
        sumMap(bot_reasons, arrayResize([1], length(bot_reasons), 1)).2)) AS reasons
    FROM events
    WHERE store_id = {store_id:String} AND inserted_at >= {since:DateTime64(3, 'UTC')}`,
})

/** Rows that arrived of the quarters since a moment, and how many events they are. */
const copies = defineQuery({
  name: 'copies_of_events',
  params: z.object({ store_id: z.string(), since: z.string() }),
  row: z.object({ arrived: z.number(), events: z.number() }),
  sql: `
    SELECT
      (SELECT sum(facts) FROM touched_quarters
        WHERE store_id = {store_id:String} AND source = 'traffic' AND quarter >= {since:DateTime64(3, 'UTC')}) AS arrived,
      (SELECT uniqExact(sipHash128(name, toStartOfHour(timestamp), message_id)) FROM events
        WHERE store_id = {store_id:String} AND occurred_at >= {since:DateTime64(3, 'UTC')}) AS events`,
})

const differences = defineQuery({
  name: 'recent_rollup_differences',
  params: z.object({ store_id: z.string(), since: z.string() }),
  row: z.object({ count: z.number(), last: z.string(), rollups: z.array(z.string()) }),
  sql: `
    SELECT count() AS count, max(found_at) AS last, arraySort(groupUniqArray(rollup)) AS rollups
    FROM rollup_differences
    WHERE store_id = {store_id:String} AND found_at >= {since:DateTime64(3, 'UTC')}`,
})

const minute = 60_000
const day = 24 * 60 * minute
const latelyMinutes = 5

/** How far the data of a store can be relied on. */
export async function runDataHealth(
  warehouse: Warehouse,
  { store_id, time_zone }: Store,
  asked: Asked = {},
  now = new Date(),
): Promise<DataHealthAnswer> {
  const ago = (ms: number) => toClickHouse(new Date(+now - ms))
  const quarter = new Date(Math.floor((+now - day) / (15 * minute)) * 15 * minute)
  const today = DateTime.fromJSDate(now, { zone: time_zone })
  const span = { from: today.minus({ days: 35 }).toISODate() ?? '', to: today.toISODate() ?? '' }
  const [[seen], [copied], [lag], reopened, [found]] = await Promise.all([
    traffic(warehouse, { store_id, since: ago(day), lately: ago(latelyMinutes * minute) }, asked),
    copies(warehouse, { store_id, since: toClickHouse(quarter) }, asked),
    rollupLag(warehouse, { store_id, time_zone }, asked),
    reopenedDays(warehouse, { store_id, time_zone, ...span }, asked),
    differences(warehouse, { store_id, since: ago(7 * day) }, asked),
  ])
  const days = reopened.map(({ day, source, facts, reopened_at }) => ({
    ...{ day, source, rows: facts, reopened_at: fromClickHouse(reopened_at) },
  }))
  return {
    traffic: {
      events: seen?.events ?? 0,
      per_second: (seen?.lately ?? 0) / (latelyMinutes * 60),
      bots: seen?.bots ?? 0,
      copies: Math.max(0, (copied?.arrived ?? 0) - (copied?.events ?? 0)),
    },
    bots: (seen?.reasons ?? []).map(([reason, events]) => ({ reason, events })),
    late: { rows: days.reduce((sum, { rows }) => sum + rows, 0), days: days.reverse() },
    rollups: { bad_buckets: lag?.bad_buckets ?? 0, lag_seconds: lag?.lag_seconds ?? 0 },
    differences: {
      count: found?.count ?? 0,
      last: found && found.count > 0 ? fromClickHouse(found.last) : null,
      rollups: found?.rollups ?? [],
    },
  }
}
