import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { countedOrders } from '../../metrics/sales-facts.ts'
import { knownBy } from '../as-of.ts'
import { bucketSql } from '../buckets.ts'
import { periodOf, toIso, toParam } from '../period.ts'
import type { Store } from '../store.ts'
import { type RepurchaseAnswer, type RepurchaseRequest, repurchaseRequest } from './contract.ts'

const params = z.object({
  store_id: z.string(),
  time_zone: z.string(),
  from: z.string(),
  to: z.string(),
  as_of: z.string(),
  is_first: z.boolean(),
  windows: z.array(z.int()),
})
const row = z.object({
  cohort: z.string(),
  window_days: z.number(),
  customers: z.number(),
  eligible: z.number(),
  repurchased: z.number(),
  open: z.number(),
  open_repurchased: z.number(),
})
type Cohort = z.output<typeof row>

/** An anchor is an order that a window is counted from: the first ever, or the first of a bucket of the period. */
const sql = (grain: 'month' | 'week' | undefined) => {
  const bucket = (at: string) => (grain ? bucketSql(grain, at) : `''`)
  return `
    WITH customers AS (
      SELECT arrayMap(placed -> placed.1, arraySort(groupArray((placed_at, order_id)))) AS times,
        arrayPushFront(arrayPopBack(times), times[1]) AS befores,
        arrayPushBack(arrayPopFront(times), NULL) AS nexts,
        arrayFilter(
          (pair, before, place) -> pair.1 >= {from:DateTime64(3, 'UTC')} AND pair.1 < {to:DateTime64(3, 'UTC')}
            AND (place = 1 OR (NOT {is_first:Bool}
              AND (before < {from:DateTime64(3, 'UTC')} OR ${bucket('before')} != ${bucket('pair.1')}))),
          arrayZip(times, nexts), befores, arrayEnumerate(times)) AS anchors
      FROM ${countedOrders}
      GROUP BY customer_id
      HAVING notEmpty(anchors)
    )
    SELECT cohort, days AS window_days, count() AS customers,
      countIf(anchored + window <= known) AS eligible,
      countIf(anchored + window <= known AND gap <= window) AS repurchased,
      countIf(anchored <= known AND anchored + window > known) AS open,
      countIf(anchored <= known AND anchored + window > known AND anchored + gap <= known) AS open_repurchased
    FROM (
      SELECT ${bucket('anchor.1')} AS cohort, toUnixTimestamp64Milli(anchor.1) AS anchored,
        toUnixTimestamp64Milli(anchor.2) - anchored AS gap, toInt64(days) * 86400000 AS window, days,
        toUnixTimestamp64Milli({as_of:DateTime64(3, 'UTC')}) AS known
      FROM (SELECT anchor FROM customers ARRAY JOIN anchors AS anchor)
      ARRAY JOIN {windows:Array(UInt16)} AS days
    )
    GROUP BY cohort, days
    ORDER BY cohort, days`
}

const noRow = { eligible: 0, repurchased: 0, open: 0, open_repurchased: 0 }

function resultsOf(rows: Cohort[], windows: number[]) {
  const found = new Map(rows.map((each) => [each.window_days, each]))
  return windows.map((window_days) => {
    const { eligible, repurchased, open, open_repurchased } = found.get(window_days) ?? noRow
    return {
      ...{ window_days, eligible, repurchased },
      rate: eligible === 0 ? null : repurchased / eligible,
      ...{ open, open_repurchased },
    }
  })
}

/**
 * Of the customers whose first counted order (ever, or in the period) lies in the period and at least N × 24 h before
 * as_of: how many ordered again within N × 24 h, by (placed_at, order_id), both ends closed; and how many are too fresh to
 * be told of. With a grain, by the month or week of that order.
 * @throws QueryError when the period is empty
 */
export async function runRepurchase(
  warehouse: Warehouse,
  store: Store,
  request: RepurchaseRequest,
  asked: Asked = {},
): Promise<RepurchaseAnswer> {
  const { from, to, basis, windows, grain, as_of } = repurchaseRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const known = DateTime.fromJSDate(await knownBy(warehouse, store, as_of, asked), { zone: store.time_zone })
  const values = {
    store_id: store.store_id,
    time_zone: store.time_zone,
    from: toParam(period.from),
    to: toParam(period.to),
    as_of: toParam(known),
    is_first: basis === 'first_order',
    windows: [...new Set(windows)],
  }
  const rows = await ask(warehouse, { name: 'repurchase', sql: sql(grain), row, params: params.parse(values) }, asked)
  const cohorts = Map.groupBy(rows, ({ cohort }) => cohort)
  return {
    results: grain
      ? [...cohorts].flatMap(([cohort, of]) =>
          resultsOf(of, windows).map((each) => ({ cohort: grain === 'month' ? cohort.slice(0, 7) : cohort, ...each })),
        )
      : resultsOf(rows, windows),
    meta: {
      time_zone: store.time_zone,
      from: toIso(period.from),
      to: toIso(period.to),
      as_of: toIso(known),
      customers: [...cohorts.values()].reduce((sum, of) => sum + (of[0]?.customers ?? 0), 0),
    },
  }
}
