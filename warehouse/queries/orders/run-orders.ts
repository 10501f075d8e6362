import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask, defineQuery } from '../../define-query.ts'
import { fromClickHouse } from '../../instant.ts'
import { salesFacts } from '../../metrics/sales-facts.ts'
import { toIso, toParam } from '../period.ts'
import { QueryError } from '../query-error.ts'
import type { Store } from '../store.ts'
import { type OrdersAnswer, type OrdersRequest, ordersRequest } from './contract.ts'

/** The place in the list of orders after which a page begins: before this instant, and of those at it before this id. */
interface Place {
  at: DateTime
  order_id: string
}

const newest: Place = { at: DateTime.fromISO('2200-01-01T00:00:00Z'), order_id: '' }

function placeOf(before: string | undefined): Place {
  if (before === undefined) return newest
  const slash = before.indexOf('/')
  const at = DateTime.fromISO(slash < 0 ? before : before.slice(0, slash))
  if (at.isValid) return { at, order_id: slash < 0 ? '' : before.slice(slash + 1) }
  throw new QueryError('invalid_place', 'before', `${before} is not a moment that exists.`)
}

const reached = `(placed_at < {at:DateTime64(3, 'UTC')} OR (placed_at = {at:DateTime64(3, 'UTC')} AND order_id < {order_id:String}))`

const place = { store_id: z.string(), at: z.string(), order_id: z.string() }

/** How far back the newest rows go; versions and sources of one order are rows of their own. */
const reach = defineQuery({
  name: 'orders_reach',
  params: z.object({ ...place, rows: z.int() }),
  row: z.object({ from: z.string(), rows: z.number() }),
  sql: `
    SELECT toString(min(placed_at)) AS from, count() AS rows
    FROM (
      SELECT placed_at FROM orders WHERE store_id = {store_id:String} AND ${reached}
      ORDER BY placed_at DESC LIMIT {rows:UInt32}
    )`,
})

const row = z.object({
  order_id: z.string(),
  placed: z.string().transform(fromClickHouse),
  paid: z.string().transform(fromClickHouse).nullable(),
  status: z.string(),
  order_type: z.string(),
  total: z.number(),
  paid_gmv: z.number(),
  units: z.coerce.number(),
  channel: z.string(),
  province: z.string(),
  customer_id: z.string(),
  skus: z.array(z.string()),
  names: z.array(z.string()),
  quantities: z.array(z.coerce.number()),
})

const placedBefore = defineQuery({
  name: 'orders',
  params: z.object({ ...place, from: z.string(), to: z.string(), limit: z.int() }),
  row,
  sql: `
    SELECT order_id, toString(placed_at) AS placed, toString(paid_at) AS paid, status, order_type,
      toFloat64(gross) AS total, if(is_paid, toFloat64(gross), 0) AS paid_gmv, units, channel, province, customer_id,
      skus, names, quantities
    FROM ${salesFacts()}
    WHERE ${reached}
    ORDER BY placed_at DESC, order_id DESC
    LIMIT {limit:UInt32}`,
})

const ofCustomers = `SELECT order_id FROM orders WHERE store_id = {store_id:String} AND customer_id IN {customers:Array(String)}`

const firstOrders = {
  name: 'first_orders',
  row: z.object({ order_id: z.string() }),
  sql: `
    SELECT argMin(order_id, (placed_at, order_id)) AS order_id
    FROM ${salesFacts({ ids: ofCustomers })}
    WHERE customer_id IN {customers:Array(String)} AND status NOT IN ('cancelled', 'unfulfillable')
    GROUP BY customer_id`,
}

/**
 * The newest orders of a store before a place. Exact: how far back to read is guessed from the newest rows, and when
 * they were versions of a few orders, guessed again farther.
 * @throws QueryError when `before` is no moment
 */
export async function runOrders(
  warehouse: Warehouse,
  store: Store,
  request: OrdersRequest,
  asked: Asked = {},
): Promise<OrdersAnswer> {
  const { limit, before } = ordersRequest.parse(request)
  const { at, order_id } = placeOf(before)
  const start = { store_id: store.store_id, at: toParam(at), order_id }
  const wanted = limit + 1
  let found: z.output<typeof row>[] = []
  for (let rows = wanted * 2; ; rows *= 8) {
    const [far] = await reach(warehouse, { ...start, rows }, asked)
    if (!far || far.rows === 0) break
    const span = { from: far.from, to: toParam(at.plus({ milliseconds: 1 })) }
    found = await placedBefore(warehouse, { ...start, ...span, limit: wanted }, asked)
    if (found.length === wanted || far.rows < rows) break
  }
  const page = found.slice(0, limit)
  const customers = [...new Set(page.map(({ customer_id }) => customer_id).filter(Boolean))]
  const params = { store_id: store.store_id, customers }
  const first = new Set(
    customers.length > 0 ? (await ask(warehouse, { ...firstOrders, params }, asked)).map((one) => one.order_id) : [],
  )
  const local = (instant: string) => toIso(DateTime.fromISO(instant, { zone: store.time_zone }))
  const last = page.at(-1)
  return {
    results: page.map(({ customer_id, placed, paid, total, skus, names, quantities, ...order }) => ({
      ...order,
      placed_at: local(placed),
      paid_at: paid && local(paid),
      gross: total,
      products: skus.map((sku, line) => ({ sku, name: names[line] ?? '', quantity: quantities[line] ?? 0 })),
      is_first_order: customer_id === '' ? null : first.has(order.order_id),
    })),
    meta: {
      time_zone: store.time_zone,
      currency: store.currency,
      next: last && found.length > limit ? `${local(last.placed)}/${last.order_id}` : null,
    },
  }
}
