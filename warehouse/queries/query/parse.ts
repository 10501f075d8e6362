import { DateTime } from 'luxon'
import type { MetricName } from '../../metrics/catalog.ts'
import type { DimensionName, Grain } from '../../metrics/dimensions.ts'
import { type Bucket, bucketsOf } from '../buckets.ts'
import { type Compare, comparedPeriod } from '../comparison.ts'
import type { Filter } from '../filter.ts'
import { type Period, periodOf } from '../period.ts'
import { QueryError } from '../query-error.ts'
import type { Store } from '../store.ts'
import type { ParsedRequest, Slice, TimeDimension } from './request.ts'

/** A request made definite: periods are moments, the grain is one. */
export interface Question {
  store: Store
  metrics: MetricName[]
  slices: Slice[]
  grain?: Grain
  filters: Filter[]
  period: Period
  compared?: Period
  compare?: Compare
  /** Every bucket of the period, when there is a grain. */
  buckets: Bucket[]
  order: { by: MetricName | Slice; descending: boolean }[]
  limit: number
  asOf: DateTime
  now: DateTime
  /** false reads raw facts only: what the comparison of rollups with raw asks. */
  useRollups: boolean
}

const mostBuckets = 10_000
export const isTime = (slice: Slice): slice is TimeDimension => slice.startsWith('time:')
export const dimensionsIn = (slices: Slice[]): DimensionName[] =>
  slices.filter((slice): slice is DimensionName => !isTime(slice))

function slicesOf({ dimensions, grain }: ParsedRequest): Slice[] {
  const times = dimensions.filter(isTime)
  if (times.length > 1) throw new QueryError('two_grains', 'dimensions', `Ask for one of ${times.join(' and ')}.`)
  if (!grain || times[0] === `time:${grain}`) return [...new Set(dimensions)]
  if (times[0]) throw new QueryError('two_grains', 'grain', `The grain is ${grain}, the dimension ${times[0]}.`)
  return [...new Set<Slice>([`time:${grain}`, ...dimensions])]
}

function orderOf({ order_by, metrics }: ParsedRequest, slices: Slice[]): Question['order'] {
  const known: (MetricName | Slice)[] = [...metrics, ...slices]
  const asked = (order_by ?? []).map(([name, direction], at) => {
    const by = known.find((one) => one === name)
    if (by) return { by, descending: direction === 'desc' }
    throw new QueryError(
      'unknown_order',
      `order_by[${at}]`,
      `${name} is neither a metric nor a dimension of this query.`,
    )
  })
  if (asked.length > 0) return asked
  const time = slices.find(isTime)
  if (time) return [{ by: time, descending: false }]
  return metrics[0] ? [{ by: metrics[0], descending: true }] : []
}

function bucketsWithin(period: Period, grain: Grain | undefined): Bucket[] {
  if (!grain) return []
  const buckets = bucketsOf(period, grain, mostBuckets)
  if (buckets.length <= mostBuckets) return buckets
  throw new QueryError(
    'too_many_buckets',
    'grain',
    `The period has more than ${mostBuckets} buckets of ${grain}; ask a wider grain.`,
  )
}

/**
 * Makes a request definite in the store's time zone.
 * @throws QueryError
 */
export function parseRequest(store: Store, request: ParsedRequest, useRollups = true): Question {
  const now = DateTime.now()
  const period = periodOf(request.date_range, store.time_zone)
  const slices = slicesOf(request)
  const grain = slices.find(isTime)?.slice('time:'.length) as Grain | undefined
  const compared = request.compare && comparedPeriod(period, request.compare, store.time_zone)
  if (compared) bucketsWithin(compared, grain)
  return {
    store,
    metrics: request.metrics,
    slices,
    ...(grain && { grain }),
    filters: request.filters,
    period,
    ...(compared && { compared, ...(request.compare && { compare: request.compare }) }),
    buckets: bucketsWithin(period, grain),
    order: orderOf(request, slices),
    limit: request.limit,
    asOf: request.as_of ? DateTime.fromISO(request.as_of) : now,
    now,
    useRollups,
  }
}
