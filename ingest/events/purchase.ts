import type { RejectionCode } from '@guanlan/warehouse/rejection-codes'
import { contentHash } from '../content-hash.ts'
import { fromUnits, toUnits } from '../money.ts'
import { toText } from '../time.ts'
import type { Commerce } from './commerce.ts'
import type { FieldProblem } from './field-problem.ts'

/** The event that a purchase came as, already placed in time. */
export interface PurchaseEvent {
  store_id: string
  /** By the sender's clock, in milliseconds. */
  timestamp: number
  occurredAt: number
  receivedAt: number
  visitor_id: string
  customer_id: string
  session_id: string
  campaign: string
}

const max64 = 2n ** 64n - 1n

/**
 * Of several purchase events of one order the earliest by the sender's clock is the order, and of its copies the first
 * to arrive, as with the event itself: a thank-you page that is opened again a week later moves nothing.
 */
const versionOf = (timestamp: number, receivedAt: number): string =>
  String(((max64 - BigInt(timestamp)) << 64n) | (max64 - BigInt(receivedAt)))

/**
 * The order that a `purchase` event tells of, as the line of a row of `orders` with source `event`.
 * @returns the line, or why there is none: the event stands all the same
 */
export function orderOfPurchase(
  event: PurchaseEvent,
  commerce: Commerce,
  storeCurrency: string,
): { line: string } | { problem: FieldProblem } {
  const refuse = (code: RejectionCode, path: string, message: string) => ({ problem: { code, path, message } })
  if (commerce.order_id === '') {
    return refuse(
      'purchase_without_order_id',
      'properties.order_id',
      'is missing: the event is kept, no order is made of it',
    )
  }
  if (commerce.currency !== '' && commerce.currency !== storeCurrency) {
    const message = `is ${commerce.currency}, the store's currency is ${storeCurrency}: the event is kept, no order is made of it`
    return refuse('other_currency', 'properties.currency', message)
  }
  if (commerce.value === undefined || toUnits(commerce.value) < 0n) {
    const message = 'is missing or negative, and no product has a price: the event is kept, no order is made of it'
    return refuse('purchase_without_value', 'properties.value', message)
  }
  const { items } = commerce
  const content = {
    order_id: commerce.order_id,
    customer_id: event.customer_id,
    visitor_id: event.visitor_id,
    session_id: event.session_id,
    currency: storeCurrency,
    gross: fromUnits(toUnits(commerce.value)),
    discount: commerce.discount,
    shipping: commerce.shipping,
    tax: commerce.tax,
    paid: commerce.total,
    coupon: commerce.coupon,
    campaign: event.campaign,
    'lines.line_no': items.map((_, index) => index + 1),
    'lines.sku': items.map(({ sku }) => sku),
    'lines.name': items.map(({ name }) => name),
    'lines.category': items.map(({ category }) => category),
    'lines.quantity': items.map(({ quantity }) => quantity),
    'lines.price': items.map(({ price }) => price ?? '0'),
    'lines.discount': items.map(() => '0'),
  }
  const placedAt = toText(event.occurredAt)
  const row = {
    store_id: event.store_id,
    source: 'event',
    status: 'paid',
    type: 'normal',
    ...content,
    placed_at: placedAt,
    paid_at: placedAt,
    updated_at: toText(event.timestamp),
    received_at: toText(event.receivedAt),
    content_hash: contentHash(JSON.stringify(content)),
    version: versionOf(event.timestamp, event.receivedAt),
  }
  return { line: JSON.stringify(row) }
}
