import type { MetricName } from '@guanlan/warehouse/metrics/catalog'

/** The numbers of the overview that have a tile each; the chart shows one of them over time. */
export const tileMetrics = [
  'paid_gmv',
  'visitors',
  'conversion_rate',
  'buyers',
  'spend_per_buyer',
  'paid_orders',
  'refund_amount',
  'net_sales',
] as const satisfies readonly MetricName[]
export type TileMetric = (typeof tileMetrics)[number]

/** The tile that an address names; paid GMV when it names none. */
export const tileOf = (params: { get(name: string): string | null }): TileMetric =>
  tileMetrics.find((each) => each === params.get('metric')) ?? 'paid_gmv'
