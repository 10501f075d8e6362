import type { MetricName } from '@guanlan/warehouse/metrics/catalog'
import type { DimensionName } from '@guanlan/warehouse/metrics/dimensions'

const ofVisitsAndOrders = ['visitors', 'conversion_rate', 'buyers', 'spend_per_buyer', 'paid_gmv'] as const
const ofOrders = ['buyers', 'paid_orders', 'aov', 'refund_amount', 'paid_gmv'] as const
const ofProducts = ['product_views', 'add_to_carts', 'units', 'paid_gmv'] as const

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
