import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { day, hour } from '../shop/calendar.ts'
import type { Shop } from '../shop/shop.ts'
import { answered } from './answered.ts'
import type { Order } from './order.ts'
import type { Refund } from './refund.ts'

export interface Ticket {
  ticket_id: string
  kind: 'enquiry' | 'complaint' | 'exchange' | 'refund'
  order: Order | undefined
  customer_id: string
  sku: string
  reason: string
  openedAt: number
  answeredAt: number
  solvedAt: number
}

const iso = (at: number) => new Date(at).toISOString()

/** What an order's buyer writes to the shop about it. */
export function ticketsOf(shop: Shop, order: Order, refund: Refund | undefined): Ticket[] {
  const { shopper, number } = order.visit
  const random = new Random(shop.seed, streams.afterSales, shopper.born, shopper.index, number, 1)
  const sku = order.lines[0]?.product.sku ?? ''
  const tickets: Ticket[] = []
  const open = (kind: Ticket['kind'], openedAt: number, reason: string, solvedAt?: number) => {
    const answeredAt = answered(random, openedAt)
    const solved = Math.max(answeredAt, Math.floor(solvedAt ?? answeredAt + random.exponential(20) * hour))
    const ticket_id = `t-${order.order_id}-${kind}`
    const { customer_id } = order
    tickets.push({ ticket_id, kind, order, customer_id, sku, reason, openedAt, answeredAt, solvedAt: solved })
  }
  if (refund && random.chance(0.7)) open('refund', refund.askedAt, refund.raw_reason, refund.refundedAt)
  const delivery = order.delivery
  if (refund && delivery && /quality|damaged|late|wrong_item/.test(refund.reason) && random.chance(0.22)) {
    open('complaint', Math.floor(refund.askedAt + random.between(1, 30) * hour), refund.raw_reason)
  }
  if (!refund && delivery?.shippedAt && random.chance(0.008)) {
    const at = Math.floor(delivery.deliveredAt + random.exponential(1.5) * day)
    open('exchange', at, random.chance(0.6) ? '换尺码' : '换颜色', at + random.between(3, 8) * day)
  }
  return tickets
}

/** A ticket as it stands at a moment, which is not before it was opened. */
export function ticketRecord(ticket: Ticket, now: number): Record<string, unknown> {
  const { ticket_id, kind, order, customer_id, sku, reason, openedAt, answeredAt, solvedAt } = ticket
  const isAnswered = answeredAt <= now
  const isSolved = solvedAt <= now
  return {
    ticket_id,
    kind,
    status: isSolved ? 'solved' : isAnswered ? 'answered' : 'open',
    ...(order && { order_id: order.order_id }),
    customer_id,
    sku,
    reason,
    opened_at: iso(openedAt),
    ...(isAnswered && { answered_at: iso(answeredAt) }),
    ...(isSolved && { solved_at: iso(solvedAt) }),
    updated_at: iso(isSolved ? solvedAt : isAnswered ? answeredAt : openedAt),
  }
}
