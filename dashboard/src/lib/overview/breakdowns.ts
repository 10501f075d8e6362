import type { MetricName } from '@guanlan/warehouse/metrics/catalog'
import type { DimensionName } from '@guanlan/warehouse/metrics/dimensions'

const ofVisitsAndOrders = ['paid_gmv', 'visitors', 'conversion_rate', 'buyers', 'spend_per_buyer'] as const
const ofOrders = ['paid_gmv', 'buyers', 'paid_orders', 'aov', 'refund_amount'] as const
const ofProducts = ['paid_gmv', 'product_views', 'add_to_carts', 'units'] as const

/** What the overview can be broken down by, and the columns that are known of each. */
export const breakdowns = {
  channel: ofVisitsAndOrders,
  channel_group: ofVisitsAndOrders,
  device: ofVisitsAndOrders,
  product: ofProducts,
  category: ofProducts,
  province: ofOrders,
} as const satisfies Partial<Record<DimensionName, readonly MetricName[]>>

export type Breakdown = keyof typeof breakdowns
export const breakdownNames = Object.keys(breakdowns) as [Breakdown, ...Breakdown[]]

/** The breakdown that an address names; by channel when it names none. */
export const breakdownOf = (params: { get(name: string): string | null }): Breakdown =>
  breakdownNames.find((each) => each === params.get('by')) ?? 'channel'
