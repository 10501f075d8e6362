import { startOf } from '../shop/calendar.ts'
import type { Shop } from '../shop/shop.ts'
import { campaignsPlannedOn } from './campaigns.ts'
import { enquiriesOf } from './enquiries.ts'
import type { Order } from './order.ts'
import { changesOf, orderRecord } from './order-record.ts'
import { refundOf, refundRecord } from './refund.ts'
import { reviewOf, reviewRecord } from './review.ts'
import { spendOf, spendToldAt } from './spend.ts'
import { stockOf, stockToldAt } from './stock.ts'
import { targetsPlannedOn } from './targets.ts'
import { type Ticket, ticketRecord, ticketsOf } from './ticket.ts'
import { unlinkedRefundsOf } from './unlinked-refunds.ts'

export type RecordKind =
  | 'orders'
  | 'refunds'
  | 'tickets'
  | 'reviews'
  | 'spend'
  | 'inventory'
  | 'products'
  | 'campaigns'
  | 'targets'

/** A record, and the moments at which it comes to be and changes. */
export interface Story {
  kind: RecordKind
  moments: readonly number[]
  /** As it stands at a moment, which is not before the first. */
  tell: (now: number) => Record<string, unknown>
}

const once = (kind: RecordKind, at: number, record: Record<string, unknown>): Story => ({
  kind,
  moments: [at],
  tell: () => record,
})

const ofTicket = (ticket: Ticket): Story => ({
  kind: 'tickets',
  moments: [ticket.openedAt, ticket.answeredAt, ticket.solvedAt],
  tell: (now) => ticketRecord(ticket, now),
})

/** An order and all that its buyer does about it later. No story lasts longer than `longestStory`. */
export function storiesOfOrder(shop: Shop, order: Order): Story[] {
  const refund = refundOf(shop, order)
  const review = reviewOf(shop, order, refund)
  return [
    { kind: 'orders', moments: changesOf(order).map(([at]) => at), tell: (now) => orderRecord(order, now) },
    ...(refund ? [once('refunds', refund.refundedAt, refundRecord(refund))] : []),
    ...ticketsOf(shop, order, refund).map(ofTicket),
    ...(review ? [once('reviews', review.at, reviewRecord(review))] : []),
  ]
}

/** In days: a presale may be paid nine days later, lie about, and come back weeks after that. */
export const longestStory = 55

/** What a day brings that no visit does. */
export const storiesOfDay = (shop: Shop, number: number): Story[] => [
  ...spendOf(shop, number).map((record) => once('spend', spendToldAt(number), record)),
  ...stockOf(shop, number).map((record) => once('inventory', stockToldAt(number), record)),
  ...unlinkedRefundsOf(shop, number).map(({ at, record }) => once('refunds', at, record)),
  ...enquiriesOf(shop, number).map(ofTicket),
  ...campaignsPlannedOn(shop, number).map((record) => once('campaigns', startOf(number), record)),
  ...targetsPlannedOn(shop, number).map((record) => once('targets', startOf(number), record)),
]
