import { DateTime } from 'luxon'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { periodOf, startOfDay, toIso } from '../period.ts'
import { productNames } from '../products/product-names.ts'
import type { Store } from '../store.ts'
import { askReturns, back, given, linked, type Numbers, none } from './ask-returns.ts'
import { type ReturnsAnswer, type ReturnsRequest, returnsRequest } from './contract.ts'

const ofRefunds = ['refunds', 'refund_amount'] as const

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

const ratesOf = ({ paid_orders, returned_orders, paid_gmv, returned_amount }: Numbers) => ({
  ...{ paid_orders, returned_orders, paid_gmv, returned_amount },
  return_rate: share(returned_orders, paid_orders),
  return_rate_by_value: share(returned_amount, paid_gmv),
})

const money = (value: number) => Math.round(value * 10_000) / 10_000

/** What the fresh days will lose yet when they turn out like the matured ones. */
function stillToCome(matured: ReturnsAnswer['total']['matured'], fresh: ReturnsAnswer['total']['fresh']) {
  if (matured.return_rate_by_value === null) return null
  return Math.max(0, money(matured.return_rate_by_value * fresh.paid_gmv - fresh.returned_amount))
}

/**
 * Returns of a period: linked rates by the day of placement with their maturity, refunds by the day they are given, and
 * what the returns are told apart by.
 * @throws QueryError when the period is empty, or a filter is not one of orders
 */
export async function runReturns(
  warehouse: Warehouse,
  store: Store,
  request: ReturnsRequest,
  asked: Asked = {},
): Promise<ReturnsAnswer> {
  const { from, to, by, per, maturity_days, as_of, filters, limit } = returnsRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const known = (as_of ? DateTime.fromISO(as_of) : DateTime.now()).setZone(store.time_zone)
  const maturedBefore = known.minus({ days: maturity_days })
  const within = (range: readonly [string, string]) =>
    askReturns(
      warehouse,
      store,
      { store_id: store.store_id, date_range: [...range], as_of: toIso(known) },
      filters,
      asked,
    )
  const ask = within([from, to])
  const maturedTo = DateTime.min(maturedBefore.startOf('day'), period.to)
  const [[total], days, slices, ripe, young] = await Promise.all([
    ask([...linked, ...given]),
    ask([...linked, ...ofRefunds], { grain: 'day', limit: 10_000 }),
    ask([...back, ...ofRefunds, 'paid_orders'], { by, limit, order_by: [['returned_amount', 'desc'], ['refund_amount', 'desc']] }), // biome-ignore format: one call
    maturedTo > period.from ? within([toIso(period.from), toIso(maturedTo)])(linked) : [],
    maturedTo < period.to ? within([toIso(DateTime.max(maturedTo, period.from)), toIso(period.to)])(linked) : [],
  ])
  const sums = total ?? none
  const [matured, fresh] = [ratesOf(ripe[0] ?? none), ratesOf(young[0] ?? none)]
  const returned = slices.filter(({ returned_orders, refunds }) => returned_orders > 0 || refunds > 0)
  const skus = by === 'product' ? returned.map(({ value }) => value) : []
  const nameOf = await productNames(warehouse, { store_id: store.store_id, skus }, asked)
  return {
    results: returned.map(({ value, returned_orders, returned_amount, paid_orders, refunds, refund_amount }) => ({
      ...{ value, name: nameOf.get(value) ?? '', returned_orders, returned_amount },
      share: share(returned_amount, sums.returned_amount),
      paid_orders: by === 'reason' ? null : paid_orders,
      return_rate: by === 'reason' ? null : share(returned_orders, paid_orders),
      ...{ refunds, refund_amount },
    })),
    days: days.map((numbers) => ({
      day: numbers.value,
      matured: startOfDay(numbers.value, store.time_zone).plus({ days: 1 }) <= maturedBefore,
      ...ratesOf(numbers),
      ...{ refunds: numbers.refunds, refund_amount: numbers.refund_amount },
      refund_rate: share(numbers.refunds, numbers.paid_orders),
    })),
    total: {
      ...ratesOf(sums),
      ...{ refunds: sums.refunds, refund_amount: sums.refund_amount },
      refund_rate: share(sums.refunds, sums.paid_orders),
      unlinked_refunds: sums.unlinked_refunds,
      unlinked_share: share(sums.unlinked_refunds, sums.refunds),
      ...{ matured, fresh, still_to_come: stillToCome(matured, fresh) },
    },
    meta: {
      per,
      time_zone: store.time_zone,
      currency: store.currency,
      from: toIso(period.from),
      to: toIso(period.to),
      as_of: toIso(known),
      maturity_days,
      matured_before: toIso(maturedBefore),
    },
  }
}
