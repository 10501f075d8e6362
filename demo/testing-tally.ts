import { happeningOf, happeningOfDay } from './facts/happenings.ts'
import { orderOf } from './facts/order.ts'
import { refundOf } from './facts/refund.ts'
import type { Visits } from './life/visits.ts'
import type { Shop } from './shop/shop.ts'

/** What a day's visits and their consequences, however late, come to. Amounts are in fen. */
export interface DayTally {
  visits: number
  events: number
  bots: number
  orders: number
  paidOrders: number
  gmv: number
  customers: ReadonlySet<string>
  refunds: number
  refunded: number
}

/** Adds up what begins on a day; for tests. */
export function tallyOf(shop: Shop, visits: Visits, number: number): DayTally {
  const customers = new Set<string>()
  const bots = happeningOfDay(shop, number).events.length
  const tally: DayTally = {
    visits: 0,
    events: bots,
    bots,
    orders: 0,
    paidOrders: 0,
    gmv: 0,
    customers,
    refunds: 0,
    refunded: 0,
  }
  for (const visit of visits.on(number)) {
    tally.visits++
    tally.events += happeningOf(shop, visit).events.length
    if (visit.outcome !== 'order') continue
    const order = orderOf(shop, visit)
    const refund = refundOf(shop, order)
    customers.add(order.customer_id)
    tally.orders++
    tally.gmv += order.gross
    if (order.paidAt !== undefined) tally.paidOrders++
    if (!refund) continue
    tally.refunds++
    tally.refunded += refund.lines.reduce((sum, { amount }) => sum + amount, 0)
  }
  return tally
}
