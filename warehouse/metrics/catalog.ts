import { afterSalesMetrics } from './after-sales-metrics.ts'
import { combinedMetrics } from './combined-metrics.ts'
import type { Metric } from './metric.ts'
import { salesMetrics } from './sales-metrics.ts'
import { trafficMetrics } from './traffic-metrics.ts'

const all = { ...trafficMetrics, ...salesMetrics, ...afterSalesMetrics, ...combinedMetrics }

export type MetricName = keyof typeof all

/** Every number that Guanlan shows, by its name. */
export const metrics: Readonly<Record<MetricName, Metric>> = all

export const metricNames = Object.keys(all) as [MetricName, ...MetricName[]]
