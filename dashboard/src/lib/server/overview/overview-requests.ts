import type { Condition } from '@guanlan/warehouse/queries/filter'
import type { GmvFactorsRequest } from '@guanlan/warehouse/queries/gmv-factors/contract'
import type { ProductsRequest } from '@guanlan/warehouse/queries/products/contract'
import type { QueryRequest } from '@guanlan/warehouse/queries/query/request'
import type { Store } from '@guanlan/warehouse/queries/store'
import { DateTime, type Duration } from 'luxon'
import { type Breakdown, breakdowns, ofSpend } from '#lib/overview/breakdowns.ts'
import { tileMetrics } from '#lib/overview/tiles.ts'
import type { Campaign } from '#lib/period/campaigns.ts'
import type { Comparison } from '#lib/period/comparison.ts'
import type { Grain, Period } from '#lib/period/period.ts'

export interface OverviewView {
  store: Store
  period: Pick<Period, 'from' | 'to' | 'campaign'>
  comparison: Comparison
  /** A campaign to compare with instead: as long a stretch from its start. */
  against?: Campaign | undefined
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
/** What decides which days are asked of. */
type Stretch = Pick<OverviewView, 'store' | 'period' | 'comparison' | 'against' | 'now'>

const iso = (at: DateTime) => at.toISO({ suppressMilliseconds: true }) ?? ''

/** The period in instants of the store's zone: its days, or a campaign's own. */
function boundsOf({ store, period: { from, to, campaign } }: Stretch) {
  const zone = { zone: store.time_zone }
  return {
    start: DateTime.fromISO(campaign?.starts_at ?? from, zone),
    end: DateTime.fromISO(campaign?.ends_at ?? to, zone),
  }
}

/** As long a stretch from the start of a campaign. */
function fromStartOf(campaign: Campaign, { store }: Stretch, length: Duration): [string, string] {
  const start = DateTime.fromISO(campaign.starts_at, { zone: store.time_zone })
  return [iso(start), iso(start.plus(length))]
}

/**
 * The period so far and, when it is not over, the same stretch of the compared period: half a day is never held against
 * a whole one.
 */
export function soFar(view: Stretch): Range & { until?: string } {
  const { store, comparison, against, now } = view
  const until = DateTime.fromJSDate(now, { zone: store.time_zone }).startOf('minute')
  const { start, end } = boundsOf(view)
  if (until >= end || until <= start) return whole(view)
  const date_range: [string, string] = [iso(start), iso(until)]
  if (against) {
    return { date_range, compare: fromStartOf(against, view, until.diff(start)), until: iso(until) }
  }
  if (comparison === 'none') return { date_range, until: iso(until) }
  const isDays = +start === +start.startOf('day') && +end === +end.startOf('day')
  const days = Math.ceil(end.diff(start, 'days').days)
  const shift = {
    previous_period: isDays ? { days } : end.diff(start),
    same_weekdays: { weeks: Math.ceil(days / 7) },
    last_year: { years: 1 },
  }[comparison]
  const back = start.minus(shift)
  // A day that begins at 01:00 stands beside one that begins at midnight, and not at its 01:00.
  const from = isDays ? back.startOf('day') : back
  return { date_range, compare: [iso(from), iso(until.minus(shift))], until: iso(until) }
}

/** All of the period, also what is still to come, against all of the compared one. */
function whole(view: Stretch): Range {
  const { period, comparison, against } = view
  const { start, end } = boundsOf(view)
  const compare = against ? fromStartOf(against, view, end.diff(start)) : comparison
  return {
    date_range: period.campaign ? [iso(start), iso(end)] : [period.from, period.to],
    ...(compare !== 'none' && { compare }),
  }
}

/** A breakdown with what advertising costs and brings. */
export const withSpend = (breakdown: QueryRequest): QueryRequest => ({
  ...breakdown,
  metrics: [...breakdown.metrics, ...ofSpend],
})

/** A breakdown for its file, which has the rows that the table leaves out: as many as the read API gives. */
export const fileOf = (breakdown: QueryRequest): QueryRequest => ({ ...breakdown, limit: 10_000 })

/** The questions that make the overview; each stands on its page as it could be sent to the read API. */
export function overviewRequests(view: OverviewView) {
  const { store, grain, by } = view
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
      ...whole(view),
    } satisfies QueryRequest,
    breakdown,
    /** For the file of products, which has their names. */
    products_file: {
      store_id,
      from: range.date_range[0],
      to: range.date_range[1],
      by: 'product',
      order_by: 'paid_gmv',
      filters,
      limit: 10_000,
    } satisfies ProductsRequest,
  }
}
