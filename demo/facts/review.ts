import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { Weighted } from '../chance/weighted.ts'
import { day } from '../shop/calendar.ts'
import type { Shop } from '../shop/shop.ts'
import type { Order } from './order.ts'
import type { Refund } from './refund.ts'

export interface Review {
  order: Order
  at: number
  sku: string
  rating: number
  body: string
}

const iso = (at: number) => new Date(at).toISOString()

const bodies: Record<number, readonly string[]> = {
  5: ['包装很用心，会回购', '质感比想象中好', '物流很快，味道很正', '第二次买了，一如既往', '送朋友的，对方很喜欢', ''],
  4: ['整体不错，快递慢了一天', '东西可以，价格再便宜点就好了', '和图片基本一致', ''],
  3: ['一般般，没有宣传的那么好', '用了几天，中规中矩', ''],
  2: ['有色差，不太满意', '做工有点粗糙'],
  1: ['用了两次就坏了，很失望', '收到就是破的，客服处理太慢', '和描述完全不一样'],
}

const content = new Weighted([
  [5, 78],
  [4, 15],
  [3, 5],
  [2, 2],
])
const discontent = new Weighted([
  [1, 52],
  [2, 26],
  [3, 16],
  [4, 6],
])

export function reviewOf(shop: Shop, order: Order, refund: Refund | undefined): Review | undefined {
  const { shopper, number } = order.visit
  const random = new Random(shop.seed, streams.afterSales, shopper.born, shopper.index, number, 2)
  const { delivery } = order
  if (!delivery?.shippedAt || !random.chance(refund ? 0.22 : 0.1)) return undefined
  const line = refund?.lines[0]?.line ?? random.of(order.lines)
  const rating = random.by(refund ? discontent : content)
  const at = Math.floor(Math.max(delivery.deliveredAt, refund?.askedAt ?? 0) + random.between(0.2, 9) * day)
  return { order, at, sku: line.product.sku, rating, body: random.of(bodies[rating] ?? ['']) }
}

export const reviewRecord = ({ order, at, sku, rating, body }: Review): Record<string, unknown> => ({
  review_id: `w-${order.order_id}`,
  order_id: order.order_id,
  customer_id: order.customer_id,
  sku,
  rating,
  body,
  reviewed_at: iso(at),
  updated_at: iso(at),
})
