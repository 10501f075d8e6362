import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { type MetricName, metricNames, metrics } from '../../metrics/catalog.ts'
import type { DimensionName } from '../../metrics/dimensions.ts'
import { storeId } from '../../settings/store-id.ts'
import { filters } from '../filter.ts'
import { dayOrInstant, periodOf } from '../period.ts'
import { measuresOf, slicesOf } from '../query/plan.ts'
import { runQuery } from '../query/run-query.ts'
import type { Store } from '../store.ts'
import type { weekRow } from './contract.ts'
import { weekPercentiles } from './week-percentiles.ts'

/** What is asked of the hours of a week: a metric, and of what, as in filters on `path` or `product`. */
export const weekRequest = z.strictObject({
  store_id: storeId.meta({ example: 'main' }),
  from: dayOrInstant,
  to: dayOrInstant,
  metric: z.enum(metricNames).default('visitors'),
  filters,
})
export type WeekRequest = z.input<typeof weekRequest>

/** The metrics that have hours, and that all of these dimensions can be asked of. */
export const weekMetrics = (asked: readonly DimensionName[] = []): MetricName[] =>
  metricNames.filter((name) => {
    const slices = slicesOf(name)
    return (
      measuresOf(name).every((measure) => metrics[measure].from !== 'spend') &&
      asked.every((one) => slices.includes(one))
    )
  })

/** A metric of the sums of what it is made of over so many hours; a ratio is one of sums, everything else a mean. */
function meanOf(name: MetricName, sums: ReadonlyMap<MetricName, number>, hours: number): number | null {
  const { making } = metrics[name]
  const made = (part: string) => meanOf(part as MetricName, sums, hours)
  if (making.kind === 'percentile') return null
  if (making.kind === 'measure') return hours === 0 ? null : (sums.get(name) ?? 0) / hours
  const [left, right] =
    making.kind === 'ratio'
      ? [made(making.numerator), made(making.denominator)]
      : [made(making.minuend), made(making.subtrahend)]
  if (left === null || right === null) return null
  if (making.kind === 'difference') return left - right
  return right === 0 ? null : left / right
}

export interface WeekAnswer {
  /** 7 × 24, Monday 00:00 first. */
  results: z.output<typeof weekRow>[]
  meta: { time_zone: string; currency: string; from: string; to: string; metric: MetricName; unit: string }
}

/**
 * A metric by hour of the day and day of the week, by the store's clock. What is counted is told of a mean hour of that name; a ratio is
 * that of all such hours together, and so is a percentile.
 * @throws QueryError as runQuery does
 */
export async function runWeek(
  warehouse: Warehouse,
  store: Store,
  request: WeekRequest,
  asked: Asked = {},
): Promise<WeekAnswer> {
  const { from, to, metric, filters } = weekRequest.parse(request)
  const names = [...new Set(measuresOf(metric))]
  const { results, meta } = await runQuery(
    warehouse,
    store,
    { store_id: store.store_id, metrics: names, grain: 'hour', filters, date_range: [from, to] },
    asked,
  )
  const percentiles =
    metrics[metric].making.kind === 'percentile'
      ? await weekPercentiles(
          warehouse,
          store,
          { metric, filters, period: periodOf([from, to], store.time_zone) },
          asked,
        )
      : undefined
  const cells = Array.from({ length: 7 * 24 }, () => ({ hours: 0, sums: new Map<MetricName, number>() }))
  for (const { dimensions, metrics: values } of results) {
    const at = DateTime.fromISO(dimensions[0] ?? '', { zone: store.time_zone })
    const cell = cells[(at.weekday - 1) * 24 + at.hour]
    if (!cell) continue
    cell.hours++
    for (const [index, name] of names.entries()) cell.sums.set(name, (cell.sums.get(name) ?? 0) + (values[index] ?? 0))
  }
  const { time_zone, currency } = meta
  return {
    results: cells.map(({ hours, sums }, at) => ({
      weekday: Math.floor(at / 24) + 1,
      hour: at % 24,
      value: percentiles ? (percentiles.get(at) ?? null) : meanOf(metric, sums, hours),
    })),
    meta: { time_zone, currency, from: meta.from, to: meta.to, metric, unit: metrics[metric].unit },
  }
}
