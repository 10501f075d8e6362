import type { Condition } from '@guanlan/warehouse/queries/filter'
import type { GmvFactorsRequest } from '@guanlan/warehouse/queries/gmv-factors/contract'
import type { QueryRequest } from '@guanlan/warehouse/queries/query/request'
import type { Store } from '@guanlan/warehouse/queries/store'
import { DateTime } from 'luxon'
import { type Breakdown, breakdowns } from '#lib/overview/breakdowns.ts'
import { tileMetrics } from '#lib/overview/tiles.ts'
import type { Comparison } from '#lib/period/comparison.ts'
import { daysBetween } from '#lib/period/days.ts'
import type { Days, Grain } from '#lib/period/period.ts'

export interface OverviewView {
  store: Store
  period: Days
  comparison: Comparison
  grain: Grain
  by: Breakdown
  filters: readonly Condition[]
  now: Date
}

/** What the bridge and the notes of the tree need beside the tiles. */
const totalMetrics = [
  ...tileMetrics,
  'gmv',
  'unpaid_gmv',
  'cancelled_gmv',
  'anonymous_share',
  'events',
  'orders',
] as const

type Range = Pick<QueryRequest, 'date_range' | 'compare'>

/**
 * The period so far and, when it is not over, the same stretch of the compared period: half a day is never held against
 * a whole one.
 */
export function soFar({
  store,
  period,
  comparison,
  now,
}: Pick<OverviewView, 'store' | 'period' | 'comparison' | 'now'>): Range & { until?: string } {
  const { from, to } = period
  const zone = { zone: store.time_zone }
  const until = DateTime.fromJSDate(now, zone).startOf('minute')
  const [start, end] = [DateTime.fromISO(from, zone), DateTime.fromISO(to, zone)]
  if (until >= end || until <= start) return whole(period, comparison)
  const back = {
    previous_period: { days: daysBetween(from, to) },
    same_weekdays: { weeks: Math.ceil(daysBetween(from, to) / 7) },
    last_year: { years: 1 },
  }
  const iso = (at: DateTime) => at.toISO({ suppressMilliseconds: true }) ?? ''
  const date_range: [string, string] = [iso(start), iso(until)]
  if (comparison === 'none') return { date_range, until: iso(until) }
  const shift = back[comparison]
  return { date_range, compare: [iso(start.minus(shift)), iso(until.minus(shift))], until: iso(until) }
}

/** All days of the period, also those that are still to come, against all days of the compared one. */
const whole = ({ from, to }: Days, comparison: Comparison): Range => ({
  date_range: [from, to],
  ...(comparison !== 'none' && { compare: comparison }),
})

/** The questions that make the overview; each stands on its page as it could be sent to the read API. */
export function overviewRequests(view: OverviewView) {
  const { store, period, comparison, grain, by } = view
  const filters = [...view.filters]
  const { store_id } = store
  const { until, ...range } = soFar(view)
  const breakdown = {
    store_id,
    metrics: [...breakdowns[by]],
    filters,
    dimensions: [by],
    order_by: [['paid_gmv', 'desc']],
    limit: 100,
    ...range,
  } satisfies QueryRequest
  return {
    until,
    /** Why paid GMV changed; without a comparison there is no change. */
    factors:
      range.compare &&
      ({ store_id, date_range: range.date_range, compare: range.compare, filters } satisfies GmvFactorsRequest),
    totals: { store_id, metrics: [...totalMetrics], filters, ...range } satisfies QueryRequest,
    series: {
      store_id,
      metrics: [...tileMetrics],
      filters,
      dimensions: [`time:${grain}`],
      ...whole(period, comparison),
    } satisfies QueryRequest,
    breakdown,
    /** For the file, which has the rows that the table leaves out: as many as the read API gives. */
    breakdown_file: { ...breakdown, limit: 10_000 } satisfies QueryRequest,
  }
}
