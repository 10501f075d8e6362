import type { FreshnessRequest } from '@guanlan/warehouse/queries/freshness/contract'
import type { OrdersRequest } from '@guanlan/warehouse/queries/orders/contract'
import type { PaceRequest } from '@guanlan/warehouse/queries/pace/contract'
import type { QueryRequest } from '@guanlan/warehouse/queries/query/request'
import type { Store } from '@guanlan/warehouse/queries/store'
import { DateTime } from 'luxon'
import type { LiveView } from '#lib/live/live-view.ts'

/** The numbers that stand on top, of today and of the compared day until the same moment. */
export const liveMetrics = [
  'paid_gmv',
  'paid_orders',
  'buyers',
  'visitors',
  'conversion_rate',
  'spend_per_buyer',
  'orders',
] as const

const back = { previous_period: { days: 1 }, same_weekdays: { weeks: 1 }, last_year: { years: 1 } }

/** Moments are told to five seconds, so that those who look at the same time ask the same. */
const step = 5000
const visitorMinutes = 5

const iso = (at: DateTime) => at.toISO({ suppressMilliseconds: true }) ?? ''
const dayOf = (at: DateTime) => at.toISODate() ?? ''

/**
 * The questions that make the Live page. Today is asked for whole: a clock that is ahead must not hide an order. The
 * compared day is asked for until the same moment, which is the end of the five seconds under way.
 */
export function liveRequests(store: Store, { comparison, metric, curve }: LiveView, now: Date) {
  const { store_id, time_zone: zone } = store
  const moment = DateTime.fromMillis((Math.floor(now.getTime() / step) + 1) * step, { zone })
  const today = DateTime.fromJSDate(now, { zone }).startOf('day')
  const tomorrow = today.plus({ days: 1 }).startOf('day')
  const compared = today.minus(back[comparison]).startOf('day')
  const dayAfter = compared.plus({ days: 1 }).startOf('day')
  const same = DateTime.min(DateTime.max(moment.minus(back[comparison]), compared.plus(step)), dayAfter)
  const date_range: [string, string] = [dayOf(today), dayOf(tomorrow)]
  const soFar = { store_id, date_range, compare: [iso(compared), iso(same)] satisfies [string, string] }
  // As many as there may be: what sold and sells no more stands at the end.
  const ranked = { ...soFar, order_by: [['paid_gmv', 'desc']] satisfies QueryRequest['order_by'], limit: 10_000 }
  return {
    today: dayOf(today),
    totals: { ...soFar, metrics: [...liveMetrics] } satisfies QueryRequest,
    visitors: {
      store_id,
      metrics: ['visitors'],
      date_range: [iso(moment.minus({ minutes: visitorMinutes })), iso(moment)],
    } satisfies QueryRequest,
    day: {
      store_id,
      metrics: [metric],
      dimensions: [curve === 'minute' ? 'time:minute' : 'time:five_minutes'],
      date_range,
      compare: [dayOf(compared), dayOf(dayAfter)],
    } satisfies QueryRequest,
    products: { ...ranked, metrics: ['paid_gmv', 'units'], dimensions: ['product'] } satisfies QueryRequest,
    channels: { ...ranked, metrics: ['paid_gmv', 'visitors'], dimensions: ['channel'] } satisfies QueryRequest,
    /** To the minute: what is usual by now is made of weeks of hours, and does not change faster. */
    pace: {
      store_id,
      metric: 'paid_gmv',
      from: dayOf(today),
      to: dayOf(tomorrow),
      as_of: iso(DateTime.fromJSDate(now, { zone }).startOf('minute')),
    } satisfies PaceRequest,
    orders: { store_id, limit: 20 } satisfies OrdersRequest,
    freshness: { store_id } satisfies FreshnessRequest,
  }
}
