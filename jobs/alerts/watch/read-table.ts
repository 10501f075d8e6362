import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { emptyValue, type MetricName } from '@guanlan/warehouse/metrics/catalog'
import { bucketsOf } from '@guanlan/warehouse/queries/buckets'
import type { Filter } from '@guanlan/warehouse/queries/filter'
import { toIso } from '@guanlan/warehouse/queries/period'
import { runQuery } from '@guanlan/warehouse/queries/query/run-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import { DateTime } from 'luxon'
import { type Grain, grainSeconds, type Slice } from './series.ts'

/** What one query answers: numbers of one grain, under one set of filters, of the whole or of some values of a slice. */
export interface Question {
  grain: Grain
  filters: Filter[]
  by?: { dimension: Slice['dimension']; values: string[] } | undefined
  metrics: MetricName[]
}

/** A stretch of time in milliseconds; `end` is exclusive. */
export interface Stretch {
  start: number
  end: number
}

/** Numbers by bucket; '' is the value of the whole. */
export interface Table {
  buckets: Stretch[]
  at: (start: number, value: string, metric: MetricName) => number | null
}

const mostRows = 10_000

/** Minutes begin everywhere at once, and there are many of them. */
function byClock(step: number, from: number, to: number): Stretch[] {
  const first = Math.ceil(from / step) * step
  const count = Math.max(0, Math.floor((to - first) / step))
  return Array.from({ length: count }, (_, at) => ({ start: first + at * step, end: first + (at + 1) * step }))
}

/** The whole buckets of a grain between two moments, by the store's clock. */
export function wholeBuckets({ time_zone }: Store, grain: Grain, from: number, to: number): Stretch[] {
  if (from >= to) return []
  if (grain === 'minute' || grain === 'five_minutes') return byClock(grainSeconds[grain] * 1000, from, to)
  const [begin, end] = [from, to].map((at) => DateTime.fromMillis(at, { zone: time_zone })) as [DateTime, DateTime]
  const starts = bucketsOf({ from: begin, to: end }, grain, Number.POSITIVE_INFINITY).map(({ start }) => start)
  return starts
    .map((start) => ({
      start: +start,
      end: +(grain === 'day' ? start.plus({ days: 1 }).startOf('day') : start.plus({ hours: 1 })),
    }))
    .filter((bucket) => bucket.start >= from && bucket.end <= to)
}

/** How many buckets a question may ask of at once. */
export const bucketsAtOnce = ({ by }: Pick<Question, 'by'>): number =>
  Math.min(5000, Math.floor(mostRows / Math.max(1, by?.values.length ?? 1)))

/** Reads consecutive buckets, at most `bucketsAtOnce`; a bucket without a row is one in which nothing happened. */
export async function readTable(
  warehouse: Warehouse,
  store: Store,
  { grain, filters, by, metrics }: Question,
  buckets: Stretch[],
  asked: Asked,
): Promise<Table> {
  const [first, last] = [buckets[0], buckets.at(-1)]
  const known = new Map<string, (number | null)[]>()
  const empty = by?.values.length === 0
  if (first && last && !empty) {
    const iso = (at: number) => toIso(DateTime.fromMillis(at, { zone: store.time_zone }))
    const { results } = await runQuery(
      warehouse,
      store,
      {
        store_id: store.store_id,
        metrics,
        dimensions: [`time:${grain}`, ...(by ? [by.dimension] : [])],
        filters: by ? [...filters, ['is', by.dimension, by.values]] : filters,
        date_range: [iso(first.start), iso(last.end)],
      },
      asked,
    )
    for (const { dimensions, metrics: row } of results) {
      const [time = '', value = ''] = dimensions
      const start = +(grain === 'day' ? DateTime.fromISO(time, { zone: store.time_zone }) : Date.parse(time))
      known.set(`${start} ${value}`, row)
    }
  }
  const nothing = metrics.map(emptyValue)
  return {
    buckets,
    at: (start, value, metric) => (known.get(`${start} ${value}`) ?? nothing)[metrics.indexOf(metric)] ?? null,
  }
}
