import { yuan } from '../shop/yuan.ts'
import type { Order } from './order.ts'

type Change = readonly [at: number, status: string, columns?: Record<string, string>]

const iso = (at: number) => new Date(at).toISOString()

/** What changes of an order, in order of time. */
export function changesOf(order: Order): Change[] {
  const { placedAt, paidAt, cancelledAt, delivery, type } = order
  const changes: Change[] = [[placedAt, 'pending', type === 'presale' ? { raw_status: '定金已付' } : {}]]
  if (paidAt !== undefined) changes.push([paidAt, 'paid', { paid_at: iso(paidAt), raw_status: '待发货' }])
  if (cancelledAt !== undefined) {
    const raw_status = paidAt === undefined ? '超时关闭' : '买家取消'
    changes.push([cancelledAt, 'cancelled', { cancelled_at: iso(cancelledAt), raw_status }])
  }
  if (delivery?.refusedAt !== undefined) changes.push([delivery.refusedAt, 'unfulfillable', { raw_status: '地址异常' }])
  if (delivery?.shippedAt !== undefined) {
    const { carrier, shippedAt, estimatedAt, deliveredAt, completedAt } = delivery
    const sent = { shipped_at: iso(shippedAt), estimated_delivery_at: iso(estimatedAt), carrier, raw_status: '运输中' }
    changes.push([shippedAt, 'fulfilled', sent])
    changes.push([deliveredAt, 'delivered', { delivered_at: iso(deliveredAt), raw_status: '已签收' }])
    changes.push([completedAt, 'completed', { raw_status: '交易成功' }])
  }
  return changes
}

/** The order as the shop's ledger has it at a moment, which is not before it was placed. */
export function orderRecord(order: Order, now: number): Record<string, unknown> {
  const changes = changesOf(order).filter(([at]) => at <= now)
  const [updatedAt, status] = changes.at(-1) ?? [order.placedAt, 'pending']
  return {
    order_id: order.order_id,
    type: order.type,
    customer_id: order.customer_id,
    ...(!order.ledgerOnly && { visitor_id: order.visitor_id }),
    placed_at: iso(order.placedAt),
    gross: yuan(order.gross),
    discount: yuan(order.discount),
    shipping: yuan(order.shipping),
    ...(order.coupon && { coupon: order.coupon }),
    province: order.province,
    payment_method: order.method,
    ...Object.assign({}, ...changes.map(([, , columns]) => columns)),
    ...(order.paidAt !== undefined &&
      order.paidAt <= now && { paid: yuan(order.gross - order.discount + order.shipping) }),
    status,
    lines: order.lines.map(({ line_no, product, quantity, discount }) => ({
      line_no,
      sku: product.sku,
      name: product.name,
      category: product.label,
      quantity,
      price: yuan(product.price),
      discount: yuan(discount),
    })),
    updated_at: iso(updatedAt),
  }
}
