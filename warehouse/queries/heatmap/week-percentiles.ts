import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import type { MetricName } from '../../metrics/catalog.ts'
import { dimensions } from '../../metrics/dimensions.ts'
import { readings } from '../../metrics/sources.ts'
import { asked as within } from '../../metrics/span.ts'
import { dimensionsOf, type Filter, FilterValues, filterSql } from '../filter.ts'
import { type Period, toParam } from '../period.ts'
import { refusePattern } from '../query-error.ts'
import type { Store } from '../store.ts'

/**
 * A percentile of page loads by hour of the week, each of all loads in the hours of that name: a mean of hourly percentiles is none.
 * @returns by place, Monday 00:00 is 0; an hour without a load is not there
 * @throws QueryError when a pattern of a filter is no regular expression
 */
export async function weekPercentiles(
  warehouse: Warehouse,
  store: Store,
  { metric, filters, period }: { metric: MetricName; filters: Filter[]; period: Period },
  asked: Asked,
): Promise<Map<number, number>> {
  const { facts, time, measures } = readings.load_times
  const values = new FilterValues()
  const names = dimensionsOf(filters)
  const joined = names.some((name) => dimensions[name].joined?.includes('load_times'))
  const where = filterSql(filters, (name) => dimensions[name].sql.load_times ?? '', values)
  const local = `toTimeZone(${time}, {time_zone:String})`
  const rows = await ask(
    warehouse,
    {
      name: 'week_percentiles',
      row: z.object({ place: z.number(), value: z.number().nullable() }),
      sql: `
        SELECT (toDayOfWeek(${local}) - 1) * 24 + toHour(${local}) AS place, finalizeAggregation(${measures[metric]?.raw}) AS value
        FROM ${facts([within], joined, period.to.diff(period.from, 'days').days)}
        WHERE ${where}
        GROUP BY place
        HAVING NOT isNaN(value)`,
      params: {
        store_id: store.store_id,
        time_zone: store.time_zone,
        from: toParam(period.from),
        to: toParam(period.to),
        ...values.params,
      },
    },
    asked,
  ).catch(refusePattern)
  return new Map(rows.flatMap(({ place, value }) => (value === null ? [] : [[place, value] as const])))
}
