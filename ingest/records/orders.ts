import { z } from 'zod'
import {
  amount,
  count,
  currency,
  id,
  label,
  moment,
  money,
  nullableAmount,
  optionalAmount,
  optionalId,
  optionalMoment,
  optionalMoney,
  wholeNumber,
} from './fields.ts'
import { defineRecord, inStoreCurrency } from './record.ts'

const line = z.object(
  {
    line_no: count,
    sku: id,
    name: label,
    category: label,
    quantity: wholeNumber,
    price: money,
    discount: optionalMoney,
  },
  'must be an object',
)

const statuses = ['pending', 'paid', 'fulfilled', 'delivered', 'completed', 'cancelled', 'unfulfillable'] as const

/** An order as the shop's own records have it. */
export const orders = defineRecord({
  table: 'orders',
  body: z.object({
    order_id: id,
    status: z.enum(statuses, `must be one of ${statuses.join(', ')}`),
    raw_status: label,
    type: z.enum(['normal', 'presale', 'group_buy'], 'must be one of normal, presale, group_buy').nullish(),
    customer_id: optionalId,
    visitor_id: optionalId,
    session_id: optionalId,
    placed_at: moment,
    paid_at: optionalMoment,
    shipped_at: optionalMoment,
    delivered_at: optionalMoment,
    estimated_delivery_at: optionalMoment,
    cancelled_at: optionalMoment,
    currency,
    gross: amount,
    discount: optionalAmount,
    shipping: optionalAmount,
    tax: optionalAmount,
    paid: nullableAmount,
    coupon: label,
    province: label,
    payment_method: label,
    carrier: label,
    channel: label,
    campaign: label,
    lines: z
      .array(line, 'must be a list')
      .max(5000, 'may have 5000 lines')
      .nullish()
      .transform((lines) => lines ?? []),
    updated_at: moment,
  }),
  toColumns: ({ lines, ...order }, { store, personal }) => ({
    ...order,
    source: 'ledger',
    type: order.type ?? 'normal',
    customer_id: personal.pseudonym(order.customer_id),
    visitor_id: personal.pseudonym(order.visitor_id),
    currency: inStoreCurrency(order.currency, store),
    'lines.line_no': lines.map(({ line_no }) => line_no),
    'lines.sku': lines.map(({ sku }) => sku),
    'lines.name': lines.map(({ name }) => name),
    'lines.category': lines.map(({ category }) => category),
    'lines.quantity': lines.map(({ quantity }) => quantity),
    'lines.price': lines.map(({ price }) => price),
    'lines.discount': lines.map(({ discount }) => discount),
  }),
})
