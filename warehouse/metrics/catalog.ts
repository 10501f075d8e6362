import { afterSalesMetrics } from './after-sales-metrics.ts'
import { combinedMetrics } from './combined-metrics.ts'
import type { Metric } from './metric.ts'
import { salesMetrics } from './sales-metrics.ts'
import { trafficMetrics } from './traffic-metrics.ts'

const all = { ...trafficMetrics, ...salesMetrics, ...afterSalesMetrics, ...combinedMetrics }

export type MetricName = keyof typeof all

/** Every number that Guanlan shows, by its name. */
export const metrics: Readonly<Record<MetricName, Metric>> = all

/** What a metric is where no fact is: a ratio or a percentile is not known, everything else is nothing. */
export const emptyValue = (name: MetricName): number | null =>
  ['ratio', 'percentile'].includes(metrics[name].making.kind) ? null : 0

export const metricNames = Object.keys(all) as [MetricName, ...MetricName[]]
