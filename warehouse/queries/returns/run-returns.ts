import { DateTime } from 'luxon'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import type { MetricName } from '../../metrics/catalog.ts'
import { periodOf, startOfDay, toIso } from '../period.ts'
import type { QueryRequest } from '../query/request.ts'
import { runQuery } from '../query/run-query.ts'
import type { Store } from '../store.ts'
import { type ReturnsAnswer, type ReturnsRequest, returnsRequest } from './contract.ts'

const linked = ['paid_orders', 'returned_orders', 'paid_gmv', 'returned_amount'] as const
const given = ['refunds', 'refund_amount'] as const
const ofSlice = ['returned_orders', 'returned_amount', ...given] as const

type Numbers<Name extends string> = Record<Name, number>
const named = <Name extends string>(names: readonly Name[], values: (number | null)[] = []): Numbers<Name> =>
  Object.fromEntries(names.map((name, at) => [name, values[at] ?? 0])) as Numbers<Name>

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

const withRates = (numbers: Numbers<(typeof linked)[number]>) => ({
  ...numbers,
  return_rate: share(numbers.returned_orders, numbers.paid_orders),
  return_rate_by_value: share(numbers.returned_amount, numbers.paid_gmv),
})

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
  const { from, to, by, maturity_days, as_of, filters, limit } = returnsRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const known = (as_of ? DateTime.fromISO(as_of) : DateTime.now()).setZone(store.time_zone)
  const maturedBefore = known.minus({ days: maturity_days })
  const ask = async <Name extends MetricName>(metrics: readonly Name[], more: Partial<QueryRequest> = {}) => {
    const { results } = await runQuery(
      warehouse,
      store,
      {
        store_id: store.store_id,
        date_range: [from, to],
        filters,
        as_of: toIso(known),
        ...more,
        metrics: [...metrics],
      } as QueryRequest,
      asked,
    )
    return results.map((row) => ({ value: row.dimensions[0] ?? '', ...named(metrics, row.metrics) }))
  }
  const maturedTo = DateTime.min(maturedBefore.startOf('day'), period.to)
  // Asked together, so that each slice has its own orders however many slices there are.
  const placed = by === 'reason' ? [] : (['paid_orders'] as const)
  const [total, days, slices, matured] = await Promise.all([
    ask([...linked, ...given, 'unlinked_refunds']),
    ask([...linked, ...given], { grain: 'day', limit: 10_000 }),
    ask([...ofSlice, ...placed], { dimensions: [by], limit, order_by: [['returned_amount', 'desc'], ['refund_amount', 'desc']] }), // biome-ignore format: one call
    maturedTo > period.from ? ask(linked, { date_range: [toIso(period.from), toIso(maturedTo)] }) : [],
  ])
  const all = named([...linked, ...given, 'unlinked_refunds'])
  const { value: _, ...sums } = total[0] ?? { value: '', ...all }
  const returned = slices.filter(({ returned_orders, refunds }) => returned_orders > 0 || refunds > 0)
  const bare = ({ value: __, ...numbers }: Numbers<(typeof linked)[number]> & { value?: string }) => numbers
  return {
    results: returned.map(({ paid_orders, ...row }) => ({
      ...row,
      share: share(row.returned_amount, sums.returned_amount),
      paid_orders: by === 'reason' ? null : paid_orders,
      return_rate: by === 'reason' ? null : share(row.returned_orders, paid_orders),
    })),
    days: days.map(({ value: day, ...numbers }) => ({
      day,
      matured: startOfDay(day, store.time_zone).plus({ days: 1 }) <= maturedBefore,
      ...withRates(numbers),
      refund_rate: share(numbers.refunds, numbers.paid_orders),
    })) as ReturnsAnswer['days'],
    total: {
      ...withRates(sums),
      refund_rate: share(sums.refunds, sums.paid_orders),
      unlinked_share: share(sums.unlinked_refunds, sums.refunds),
      matured: withRates(bare(matured[0] ?? named(linked))),
    } as ReturnsAnswer['total'],
    meta: {
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
