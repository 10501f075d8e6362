import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import type { DimensionName } from '@guanlan/warehouse/metrics/dimensions'
import type { Part } from './rank-dimensions.ts'
import type { Narrowing, Sums } from './slice-sums.ts'

/** What causes are looked for in: sums of the window of now, and of the same clock of earlier weeks. */
export interface Weeks {
  sums: Sums
  now: readonly number[]
  past: readonly number[]
  /** What a mean of the past windows is worth in the window of now: longer or shorter, busier or calmer. */
  scale: number
}

/** Whether a metric has parts, from whose sums it is made: a percentile has none. */
export const hasParts = (metric: MetricName): boolean => metrics[metric].making.kind !== 'percentile'

/** What a metric is counted from: of a ratio its numerator and denominator, of a percentile how many cases it is of. */
export function countedOf(metric: MetricName): MetricName[] {
  const { making } = metrics[metric]
  if (making.kind === 'measure') return [metric]
  if (making.kind === 'percentile') return ['measured_pageviews']
  const parts = making.kind === 'ratio' ? [making.numerator, making.denominator] : [making.minuend]
  return parts as MetricName[]
}

/**
 * What each value of a dimension was expected to bring and brought. Of a ratio it is the numerator: expected is what the
 * usual ratio makes of the denominator that came, so that a fall of traffic is not taken for a fall of conversion.
 */
export function partsOf(
  { sums, now, past, scale }: Weeks,
  { metric, narrowed, dimension }: { metric: MetricName; narrowed: readonly Narrowing[]; dimension?: DimensionName },
): Part[] {
  const isRatio = metrics[metric].making.kind === 'ratio'
  const question = { measures: countedOf(metric), narrowed, ...(dimension && { dimension }) }
  const [came, before] = [sums({ ...question, windows: now }), sums({ ...question, windows: past })]
  return [...new Set([...came.keys(), ...before.keys()])].map((value) => {
    const [actual = 0, base = 0] = came.get(value) ?? []
    const [usual = 0, usualBase = 0] = before.get(value) ?? []
    if (!isRatio) return { value, actual, expected: usual * scale }
    return { value, actual, expected: usualBase > 0 ? (usual / usualBase) * base : actual }
  })
}
