import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { countedOrders } from '../../metrics/sales-facts.ts'
import { knownBy } from '../as-of.ts'
import { bucketSql } from '../buckets.ts'
import { periodOf, toIso, toParam } from '../period.ts'
import type { Store } from '../store.ts'
import { type CohortsAnswer, type CohortsRequest, cohortsRequest } from './contract.ts'

const row = z.object({
  cohort: z.string(),
  size: z.number(),
  ages: z.array(z.number()),
  active: z.array(z.number()),
  orders: z.array(z.number()),
  revenue: z.array(z.number()),
})

const sql = (grain: 'month' | 'week') => `
  WITH
    known AS (SELECT * FROM ${countedOrders} WHERE placed_at <= {as_of:DateTime64(3, 'UTC')}),
    firsts AS (
      SELECT customer_id, min(placed_at) AS first_at
      FROM known GROUP BY customer_id
      HAVING first_at >= {from:DateTime64(3, 'UTC')} AND first_at < {to:DateTime64(3, 'UTC')}
    ),
    aged AS (
      SELECT ${bucketSql(grain, 'first_at')} AS cohort,
        dateDiff('${grain}', toDate(cohort), toDate(${bucketSql(grain, 'placed_at')})) AS age,
        uniqExact(customer_id) AS active, count() AS orders, sum(gross) AS revenue
      FROM known INNER JOIN firsts USING customer_id
      GROUP BY cohort, age
    )
  SELECT cohort, maxIf(aged.active, age = 0) AS size,
    arraySort(groupArray(age)) AS ages,
    arraySort((x, y) -> y, groupArray(aged.active), groupArray(age)) AS active,
    arraySort((x, y) -> y, groupArray(aged.orders), groupArray(age)) AS orders,
    arraySort((x, y) -> y, groupArray(aged.revenue), groupArray(age)) AS revenue
  FROM aged
  GROUP BY cohort
  ORDER BY cohort`

/** Months or weeks from a cohort to the one in which the data ends. */
const spanOf = (cohort: string, last: DateTime, grain: 'month' | 'week') =>
  Math.round(last.startOf(grain).diff(DateTime.fromISO(cohort, { zone: last.zone }), `${grain}s`)[`${grain}s`])

/**
 * Customers whose first counted order ever lies in the period, by its month or week, with what they did in each one
 * after it, up to that of as_of.
 * @throws QueryError when the period is empty
 */
export async function runCohorts(
  warehouse: Warehouse,
  store: Store,
  request: CohortsRequest,
  asked: Asked = {},
): Promise<CohortsAnswer> {
  const { from, to, grain, as_of } = cohortsRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const known = DateTime.fromJSDate(await knownBy(warehouse, store, as_of, asked), { zone: store.time_zone })
  const params = {
    store_id: store.store_id,
    time_zone: store.time_zone,
    from: toParam(period.from),
    to: toParam(period.to),
    as_of: toParam(known),
  }
  const rows = await ask(warehouse, { name: 'cohorts', sql: sql(grain), row, params }, asked)
  return {
    results: rows.map(({ cohort, size, ages, active, orders, revenue }) => {
      const length = Math.max(spanOf(cohort, known, grain) + 1, 1)
      const dense = (values: number[]) => Array.from({ length }, (_, age) => values[ages.indexOf(age)] ?? 0)
      return {
        cohort: grain === 'month' ? cohort.slice(0, 7) : cohort,
        size,
        active: dense(active),
        orders: dense(orders),
        revenue: dense(revenue),
      }
    }),
    meta: {
      time_zone: store.time_zone,
      currency: store.currency,
      from: toIso(period.from),
      to: toIso(period.to),
      as_of: toIso(known),
    },
  }
}
