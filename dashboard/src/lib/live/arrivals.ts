import type { LivePanel } from '#lib/server/live/load-live.ts'

export type LiveOrder = LivePanel<'orders'>[number]

/** How many of the orders are not known yet, and what they add to paid GMV. */
export function arrivals(
  orders: readonly Pick<LiveOrder, 'order_id' | 'paid_gmv'>[],
  known: ReadonlySet<string>,
): { count: number; paid: number } {
  const come = orders.filter(({ order_id }) => !known.has(order_id))
  return { count: come.length, paid: come.reduce((sum, { paid_gmv }) => sum + paid_gmv, 0) }
}
