import { DateTime } from 'luxon'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { periodOf, toIso } from '../period.ts'
import { productNames } from '../products/product-names.ts'
import { askReturns, back, linked, type Numbers, none, sold } from '../returns/ask-returns.ts'
import type { Store } from '../store.ts'
import { type ReturnOutliersAnswer, type ReturnOutliersRequest, returnOutliersRequest } from './contract.ts'
import { wilsonLower } from './wilson-lower.ts'

/** With a thousand products, one or two are named by chance. */
const deviations = 3

const sum = (rows: Numbers[]) =>
  rows.reduce((sums, row) => {
    for (const name of linked) sums[name] += row[name]
    return sums
  }, structuredClone(none))

const money = (value: number) => Math.round(value * 10_000) / 10_000

/** How a value stands against all others together. */
function judge(row: Numbers, all: Numbers) {
  const orders = all.paid_orders - row.paid_orders
  const gmv = all.paid_gmv - row.paid_gmv
  const rest_rate = orders > 0 ? (all.returned_orders - row.returned_orders) / orders : 0
  const restByValue = gmv > 0 ? (all.returned_amount - row.returned_amount) / gmv : 0
  return {
    others: orders,
    ...{ value: row.value, paid_orders: row.paid_orders, returned_orders: row.returned_orders },
    return_rate: row.returned_orders / row.paid_orders,
    rate_at_least: wilsonLower(row.returned_orders, row.paid_orders, deviations),
    rest_rate,
    returned_amount: row.returned_amount,
    excess_amount: money(row.returned_amount - restByValue * row.paid_gmv),
  }
}

/**
 * What comes back more often than everything else: the lower end of Wilson's interval of its matured return rate is over
 * the rate of all others, and it costs more than its share. Both it and the others have at least `minimum_orders`.
 * @throws QueryError when the period is empty, or a filter is not one of orders
 */
export async function runReturnOutliers(
  warehouse: Warehouse,
  store: Store,
  request: ReturnOutliersRequest,
  asked: Asked = {},
): Promise<ReturnOutliersAnswer> {
  const { from, to, by, minimum_orders, maturity_days, as_of, filters, limit } = returnOutliersRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const known = (as_of ? DateTime.fromISO(as_of) : DateTime.now()).setZone(store.time_zone)
  const until = DateTime.max(period.from, DateTime.min(known.minus({ days: maturity_days }).startOf('day'), period.to))
  const range: [string, string] = [toIso(period.from), toIso(until)]
  const ask = askReturns(
    warehouse,
    store,
    { store_id: store.store_id, date_range: range, as_of: toIso(known) },
    filters,
    asked,
  )
  const [orders, returned] = until > period.from ? await Promise.all([ask(sold, { by }), ask(back, { by })]) : [[], []]
  const cameBack = new Map(returned.map((row) => [row.value, row]))
  const rows = orders
    .filter(({ paid_orders }) => paid_orders > 0)
    .map((row): Numbers => {
      const { returned_orders = 0, returned_amount = 0 } = cameBack.get(row.value) ?? {}
      return { ...row, returned_orders, returned_amount }
    })
  const all = sum(rows)
  const judged = rows.filter(({ paid_orders }) => paid_orders >= minimum_orders).map((row) => judge(row, all))
  const found = judged
    .filter((row) => row.value !== '' && row.others >= minimum_orders)
    .filter((row) => row.rate_at_least > row.rest_rate && row.excess_amount > 0)
    .sort((a, b) => b.excess_amount - a.excess_amount || a.value.localeCompare(b.value))
    .slice(0, limit)
  const skus = by === 'product' ? found.map(({ value }) => value) : []
  const nameOf = await productNames(warehouse, { store_id: store.store_id, skus }, asked)
  return {
    results: found.map(({ others: _, value, ...row }) => ({ value, name: nameOf.get(value) ?? '', ...row })),
    meta: {
      time_zone: store.time_zone,
      currency: store.currency,
      from: range[0],
      to: range[1],
      as_of: toIso(known),
      maturity_days,
      minimum_orders,
      judged: judged.length,
    },
  }
}
