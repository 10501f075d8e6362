import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, defineQuery } from '../../define-query.ts'
import { countedOrders } from '../../metrics/sales-facts.ts'
import { knownBy } from '../as-of.ts'
import { periodOf, toIso, toParam } from '../period.ts'
import type { Store } from '../store.ts'
import { type RepurchaseAnswer, type RepurchaseRequest, repurchaseRequest } from './contract.ts'

const repurchase = defineQuery({
  name: 'repurchase',
  params: z.object({
    store_id: z.string(),
    from: z.string(),
    to: z.string(),
    as_of: z.string(),
    is_first: z.boolean(),
    windows: z.array(z.int()),
  }),
  row: z.object({ window_days: z.number(), customers: z.number(), eligible: z.number(), repurchased: z.number() }),
  sql: `
    WITH customers AS (
      SELECT arraySort(groupArray((placed_at, order_id))) AS placed,
        arrayFirstIndex(p -> p.1 >= {from:DateTime64(3, 'UTC')}, placed) AS first_in,
        if({is_first:Bool} AND first_in != 1, 0, first_in) AS anchor,
        toUnixTimestamp64Milli(placed[anchor].1) AS anchored,
        if(length(placed) > anchor, toUnixTimestamp64Milli(placed[anchor + 1].1) - anchored, NULL) AS gap
      FROM ${countedOrders}
      GROUP BY customer_id
      HAVING anchor > 0 AND placed[anchor].1 < {to:DateTime64(3, 'UTC')}
    )
    SELECT days AS window_days, count() AS customers,
      countIf(anchored + window <= toUnixTimestamp64Milli({as_of:DateTime64(3, 'UTC')})) AS eligible,
      countIf(anchored + window <= toUnixTimestamp64Milli({as_of:DateTime64(3, 'UTC')}) AND gap <= window) AS repurchased
    FROM (SELECT anchored, gap, days, toInt64(days) * 86400000 AS window FROM customers ARRAY JOIN {windows:Array(UInt16)} AS days)
    GROUP BY days
    ORDER BY days`,
})

/**
 * Of the customers whose first counted order (ever, or in the period) lies in the period and at least N × 24 h before
 * as_of: how many ordered again within N × 24 h, by (placed_at, order_id), both ends closed.
 * @throws QueryError when the period is empty
 */
export async function runRepurchase(
  warehouse: Warehouse,
  store: Store,
  request: RepurchaseRequest,
  asked: Asked = {},
): Promise<RepurchaseAnswer> {
  const { from, to, basis, windows, as_of } = repurchaseRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const known = DateTime.fromJSDate(await knownBy(warehouse, store, as_of, asked), { zone: store.time_zone })
  const rows = await repurchase(
    warehouse,
    {
      store_id: store.store_id,
      from: toParam(period.from),
      to: toParam(period.to),
      as_of: toParam(known),
      is_first: basis === 'first_order',
      windows: [...new Set(windows)],
    },
    asked,
  )
  const found = new Map(rows.map((row) => [row.window_days, row]))
  return {
    results: windows.map((window_days) => {
      const { eligible = 0, repurchased = 0 } = found.get(window_days) ?? {}
      return { window_days, eligible, repurchased, rate: eligible === 0 ? null : repurchased / eligible }
    }),
    meta: {
      time_zone: store.time_zone,
      from: toIso(period.from),
      to: toIso(period.to),
      as_of: toIso(known),
      customers: rows[0]?.customers ?? 0,
    },
  }
}
