import { createHash } from 'node:crypto'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import type { Setting } from '@guanlan/warehouse/settings/read'
import type { SeriesKind } from '../../detect/kinds.ts'

export type Rule = Setting<'rule'>
export type Grain = Value<'rule'>['grain']
export type Condition = Value<'rule'>['condition']
export interface Slice {
  dimension: NonNullable<Value<'rule'>['by']>
  value: string
}

/** One row of numbers that a rule watches: the whole, or one value of its slice. */
export interface Series {
  rule: Rule
  slice: Slice | null
}

export const grainSeconds = { minute: 60, five_minutes: 300, hour: 3600, day: 86_400 } as const satisfies Record<Grain, number> // biome-ignore format: one table

/** What decides how much the numbers of a metric vary by chance. */
export function seriesKind(metric: MetricName): SeriesKind {
  const { unit, making } = metrics[metric]
  if (unit === 'seconds' || unit === 'milliseconds' || unit === 'score') return 'latency'
  // A difference may fall below zero, and an average is as noisy as nobody knows.
  if (making.kind === 'difference' || (making.kind === 'ratio' && unit !== 'ratio')) return 'unknown'
  return unit
}

/** How many cases stand behind a value: of a ratio what it divides by, of money its orders or refunds. */
export function denominatorOf(metric: MetricName): MetricName | undefined {
  const { unit, making, from } = metrics[metric]
  if (making.kind === 'ratio') return making.denominator as MetricName
  if (making.kind === 'percentile') return 'measured_pageviews'
  if (unit !== 'money' || making.kind !== 'measure') return undefined
  if (from === 'refunds') return 'refunds'
  if (from === 'returns') return 'returned_orders'
  return from === 'sales' ? (metric === 'gmv' ? 'orders' : 'paid_orders') : undefined
}

/** Of fewer loads than this in a bucket nothing is said: one visitor with a slow line opens several pages. */
const fewestLoads = 30

/** How many cases must stand behind a value before it is judged. */
export const fewestOf = (metric: MetricName): number =>
  denominatorOf(metric) === 'measured_pageviews' ? fewestLoads : 0

/** What of a rule decides its series: another text, and what was learnt of the series before does not hold. */
export function definitionOf({ value }: Rule): string {
  const { metric, grain, by, filters, condition } = value
  const text = JSON.stringify([metric, grain, by ?? '', filters, condition.type])
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}

export const keyOf = ({ rule, slice }: Series): string => JSON.stringify([rule.id, slice?.value ?? ''])

/** Orders are paid some minutes after they are placed. */
const paymentMs = 10 * 60_000

const dependsOnPayment = (metric: MetricName): boolean => {
  const { making } = metrics[metric]
  if (making.kind === 'ratio') return [making.numerator, making.denominator].some((part) => dependsOnPayment(part as MetricName)) // biome-ignore format: one condition
  return /paid|buyers|clean|suspect|net_sales/.test(metric)
}

/** How much longer than for its facts a bucket waits until its number has ripened; minutes cannot wait. */
export const ripensMs = ({ value: { metric, grain } }: Rule): number =>
  (grain === 'hour' || grain === 'day') && dependsOnPayment(metric) ? paymentMs : 0
