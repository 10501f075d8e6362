import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { Weighted } from '../chance/weighted.ts'
import { day, hour } from '../shop/calendar.ts'
import { categories } from '../shop/categories.ts'
import type { Product } from '../shop/products.ts'
import type { RefundReason } from '../shop/refund-reasons.ts'
import type { Shop } from '../shop/shop.ts'
import { yuan } from '../shop/yuan.ts'
import type { Line } from './basket.ts'
import type { Order } from './order.ts'

export interface Refund {
  order: Order
  /** When the buyer asked for it. */
  askedAt: number
  refundedAt: number
  reason: RefundReason
  raw_reason: string
  lines: { line: Line; quantity: number /** In fen. */; amount: number }[]
}

const words: Record<RefundReason, string> = {
  quality: '质量问题',
  not_as_described: '与描述不符',
  size: '尺码/尺寸不合适',
  late: '未按约定时间送达',
  changed_mind: '七天无理由退货',
  damaged: '收到商品破损',
  wrong_item: '发错货',
  other: '其他',
}

/** Of the refunds of late parcels and of goods that came wrong. */
const lateShare = 0.09
const wrongItem = 0.05

/** What a line was paid for after its share of the order's discount, in fen. */
const paidFor = ({ gross, discount }: Order, line: Line): number => {
  const own = line.product.price * line.quantity - line.discount
  return Math.round(own * (1 - (gross === 0 ? 0 : discount / gross)))
}

const whole = (order: Order): Refund['lines'] =>
  order.lines.map((line) => ({ line, quantity: line.quantity, amount: paidFor(order, line) }))

const reasonsOf = new Map(
  Object.entries(categories).map(([name, { reasons }]) => [
    name,
    new Weighted(Object.entries(reasons) as [RefundReason, number][]),
  ]),
)

function reasonOf(random: Random, { flaw, category }: Product): RefundReason {
  if (flaw && random.chance(0.72)) return flaw
  if (random.chance(wrongItem)) return 'wrong_item'
  return random.by(reasonsOf.get(category) as Weighted<RefundReason>)
}

/** The refund of an order that did not go out. */
function calledOff(random: Random, order: Order): Refund | undefined {
  const { paidAt, cancelledAt, delivery } = order
  const at = cancelledAt ?? delivery?.refusedAt
  if (paidAt === undefined || at === undefined) return undefined
  const reason = cancelledAt === undefined ? 'other' : 'changed_mind'
  const raw_reason = cancelledAt === undefined ? '地址异常，无法发货' : '拍错/不想要了'
  const refundedAt = Math.floor(at + random.between(0.2, 20) * hour)
  return { order, askedAt: at, refundedAt, reason, raw_reason, lines: whole(order) }
}

/** The refund that is given for an order, if one is: for each line it depends on product and source. */
export function refundOf(shop: Shop, order: Order): Refund | undefined {
  const { visit, delivery, lines } = order
  const { shopper, number, source } = visit
  const random = new Random(shop.seed, streams.afterSales, shopper.born, shopper.index, number)
  const off = calledOff(random, order)
  if (off || !delivery?.shippedAt) return off
  const ask = () => delivery.deliveredAt + Math.min(0.1 + random.exponential(2.3), 14) * day
  if (delivery.isLate && random.chance(lateShare)) {
    const askedAt = Math.floor(delivery.deliveredAt + random.between(0.5, 20) * hour)
    const refundedAt = Math.floor(askedAt + random.between(1, 4) * day)
    return { order, askedAt, refundedAt, reason: 'late', raw_reason: words.late, lines: whole(order) }
  }
  const back = lines.filter(({ product }) =>
    random.chance(Math.min(0.5, categories[product.category].returns * product.returns * (source.returns ?? 1))),
  )
  const [first] = back
  if (!first) return undefined
  const reason = reasonOf(random, first.product)
  const askedAt = Math.floor(ask())
  // What is broken is paid back without waiting for the parcel.
  const seen = reason === 'damaged' || reason === 'quality'
  const refundedAt = Math.floor(askedAt + random.between(seen ? 0.2 : 2, seen ? 3 : 6) * day)
  const inPart = reason === 'damaged' && random.chance(0.35)
  return {
    order,
    askedAt,
    refundedAt,
    reason,
    raw_reason: words[reason],
    lines: back.map((line) => ({
      line,
      quantity: inPart ? 0 : line.quantity,
      amount: Math.round(paidFor(order, line) * (inPart ? 0.3 : 1)),
    })),
  }
}

export function refundRecord({ order, refundedAt, reason, raw_reason, lines }: Refund): Record<string, unknown> {
  const at = new Date(refundedAt).toISOString()
  return {
    refund_id: `r-${order.order_id}`,
    order_id: order.order_id,
    customer_id: order.customer_id,
    refunded_at: at,
    amount: yuan(lines.reduce((sum, { amount }) => sum + amount, 0)),
    reason,
    raw_reason,
    lines: lines.map(({ line, quantity, amount }) => ({
      line_no: line.line_no,
      sku: line.product.sku,
      quantity,
      amount: yuan(amount),
    })),
    updated_at: at,
  }
}
