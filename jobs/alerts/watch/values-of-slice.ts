import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import { runQuery } from '@guanlan/warehouse/queries/query/run-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import { DateTime } from 'luxon'
import type { Rule } from './series.ts'

/** No rule watches more values of its slice: the largest are watched. */
export const mostValues = 20
const days = 7

/** Of a ratio it is what it divides by that must be large enough. */
const sizeOf = (metric: MetricName): MetricName => {
  const { making } = metrics[metric]
  return making.kind === 'ratio' ? (making.denominator as MetricName) : metric
}

/** The values of a rule's slice that are large enough to be watched: `least` of the metric a day, in the last seven days. */
export async function valuesOfSlice(
  warehouse: Warehouse,
  store: Store,
  { value: { metric, by, least, filters } }: Rule,
  now: number,
  asked: Asked,
): Promise<string[]> {
  if (!by) return []
  const today = DateTime.fromMillis(now, { zone: store.time_zone }).startOf('day')
  const day = (at: DateTime) => at.toISODate() ?? ''
  const { results } = await runQuery(
    warehouse,
    store,
    {
      store_id: store.store_id,
      metrics: [sizeOf(metric)],
      dimensions: [by],
      filters,
      date_range: [day(today.minus({ days })), day(today.plus({ days: 1 }))],
      limit: mostValues + 1,
    },
    asked,
  )
  return results
    .filter(({ dimensions, metrics: [size] }) => dimensions[0] !== '' && (size ?? 0) > 0 && (size ?? 0) / days >= least)
    .slice(0, mostValues)
    .map(({ dimensions }) => dimensions[0] ?? '')
}
