import type { MetricName } from '@guanlan/warehouse/metrics/catalog'
import type { DimensionName } from '@guanlan/warehouse/metrics/dimensions'

const ofVisitsAndOrders = ['paid_gmv', 'visitors', 'conversion_rate', 'buyers', 'spend_per_buyer'] as const
const ofOrders = ['paid_gmv', 'buyers', 'paid_orders', 'aov', 'refund_amount'] as const
const ofProducts = ['paid_gmv', 'product_views', 'add_to_carts', 'units'] as const

/** What the overview can be broken down by, and the columns that are known of each. */
export const breakdowns = {
  channel: ofVisitsAndOrders,
  channel_group: ofVisitsAndOrders,
  campaign: ofVisitsAndOrders,
  device: ofVisitsAndOrders,
  product: ofProducts,
  category: ofProducts,
  province: ofOrders,
} as const satisfies Partial<Record<DimensionName, readonly MetricName[]>>

/** What advertising costs and brings: columns of the slices that spend is known by, where there is any. */
export const ofSpend = ['ad_spend', 'roas'] as const satisfies readonly MetricName[]
const bySpend: readonly string[] = ['channel', 'channel_group', 'campaign']

/** Whether spend is known of a slice, also when the page is narrowed to others. */
export const knowsSpend = (by: string, narrowedTo: readonly string[]): boolean =>
  [by, ...narrowedTo].every((name) => bySpend.includes(name))

export type Breakdown = keyof typeof breakdowns
export const breakdownNames = Object.keys(breakdowns) as [Breakdown, ...Breakdown[]]

/** The breakdown that an address names; by channel when it names none. */
export const breakdownOf = (params: { get(name: string): string | null }): Breakdown =>
  breakdownNames.find((each) => each === params.get('by')) ?? 'channel'
