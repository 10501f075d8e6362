import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, defineQuery } from '../../define-query.ts'
import { fromClickHouse } from '../../instant.ts'
import { countedOrders } from '../../metrics/sales-facts.ts'
import { asked as span, within } from '../../metrics/span.ts'
import { type Period, periodOf, toIso, toParam } from '../period.ts'
import type { Store } from '../store.ts'
import { type RfmAnswer, type RfmRequest, rfmCustomerRow, rfmRequest, type Segment, segments } from './contract.ts'
import { scoredCustomers } from './scored-customers.ts'

const bounds = { store_id: z.string(), time_zone: z.string(), from: z.string(), to: z.string() }

const lastOrder = defineQuery({
  name: 'rfm_last_order',
  params: z.object(bounds),
  row: z.object({ at: z.number() }),
  sql: `SELECT toUnixTimestamp64Milli(max(placed_at)) AS at FROM ${countedOrders} WHERE ${within('placed_at', [span])}`,
})

const scored = scoredCustomers({ ...span, as_of: `{as_of:DateTime64(3, 'UTC')}` })

const bySegment = defineQuery({
  name: 'rfm_segments',
  params: z.object({ ...bounds, as_of: z.string() }),
  row: z.object({ segment: z.string(), customers: z.number(), spent: z.number(), orders: z.number() }),
  sql: `SELECT segment, count() AS customers, sum(monetary) AS spent, sum(frequency) AS orders FROM ${scored} GROUP BY segment`,
})

const byCell = defineQuery({
  name: 'rfm_cells',
  params: z.object({ ...bounds, as_of: z.string() }),
  row: z.object({ r: z.number(), f: z.number(), customers: z.number(), spent: z.number(), orders: z.number() }),
  sql: `
    SELECT r, f, count() AS customers, sum(monetary) AS spent, sum(frequency) AS orders
    FROM ${scored}
    GROUP BY r, f`,
})

const byCustomer = defineQuery({
  name: 'rfm_customers',
  params: z.object({ ...bounds, as_of: z.string(), segment: z.string(), limit: z.int(), offset: z.int() }),
  row: rfmCustomerRow.extend({ last_order_at: z.string().transform(fromClickHouse), customers: z.number() }),
  sql: `
    SELECT customer_id, toString(last_order_at) AS last_order_at, recency_days, frequency, monetary, r, f, m, segment,
      count() OVER () AS customers
    FROM ${scored}
    WHERE {segment:String} = '' OR segment = {segment:String}
    ORDER BY monetary DESC, customer_id
    LIMIT {limit:UInt32} OFFSET {offset:UInt64}`,
})

const scores = [5, 4, 3, 2, 1]

async function midnightAfter(
  warehouse: Warehouse,
  store: Store,
  period: Period,
  params: z.input<z.ZodObject<typeof bounds>>,
  asked: Asked,
) {
  const [last] = await lastOrder(warehouse, params, asked)
  if (!last?.at) return period.to
  return DateTime.fromMillis(last.at, { zone: store.time_zone }).plus({ days: 1 }).startOf('day')
}

/**
 * Customers of the period scored 1 to 5 by how long ago, how often and for how much they ordered, and named segments.
 * @throws QueryError when the period is empty
 */
export async function runRfm(
  warehouse: Warehouse,
  store: Store,
  request: RfmRequest,
  asked: Asked = {},
): Promise<RfmAnswer> {
  const { from, to, as_of, per, segment = '', limit, offset } = rfmRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const inStore = {
    store_id: store.store_id,
    time_zone: store.time_zone,
    from: toParam(period.from),
    to: toParam(period.to),
  }
  const known = as_of
    ? DateTime.fromISO(as_of, { zone: store.time_zone })
    : await midnightAfter(warehouse, store, period, inStore, asked)
  const params = { ...inStore, as_of: toParam(known) }
  const meta = (customers: number) => ({
    time_zone: store.time_zone,
    currency: store.currency,
    from: toIso(period.from),
    to: toIso(period.to),
    as_of: toIso(known),
    per,
    customers,
  })
  if (per === 'customer') {
    const rows = await byCustomer(warehouse, { ...params, segment, limit, offset }, asked)
    return { results: rows.map(({ customers: _, ...row }) => row), meta: meta(rows[0]?.customers ?? 0) }
  }
  if (per === 'cell') {
    const rows = await byCell(warehouse, params, asked)
    const found = new Map(rows.map((row) => [row.r * 10 + row.f, row]))
    return {
      results: scores.flatMap((r) =>
        scores.map((f) => {
          const { customers = 0, spent = 0, orders = 0 } = found.get(r * 10 + f) ?? {}
          return { r, f, customers, monetary: spent, orders }
        }),
      ),
      meta: meta(rows.reduce((sum, { customers }) => sum + customers, 0)),
    }
  }
  const rows = await bySegment(warehouse, params, asked)
  const total = rows.reduce((sum, { customers }) => sum + customers, 0)
  const found = new Map(rows.map((row) => [row.segment, row]))
  return {
    results: (Object.keys(segments) as Segment[]).map((name) => {
      const { customers = 0, spent = 0, orders = 0 } = found.get(name) ?? {}
      return { segment: name, customers, monetary: spent, orders, share: total === 0 ? null : customers / total }
    }),
    meta: meta(total),
  }
}
