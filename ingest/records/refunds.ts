import { z } from 'zod'
import { amount, count, currency, id, label, moment, optionalId, wholeNumber } from './fields.ts'
import { defineRecord, inStoreCurrency } from './record.ts'

const reasons = new Set('quality not_as_described size late changed_mind damaged wrong_item other'.split(' '))

/** A refund, on the day it was given; without an order it is unlinked. A reason that is not ours is kept as raw. */
export const refunds = defineRecord({
  table: 'refunds',
  body: z.object({
    refund_id: id,
    order_id: optionalId,
    customer_id: optionalId,
    refunded_at: moment,
    amount,
    currency,
    reason: label,
    raw_reason: label,
    lines: z
      .array(
        z.object(
          {
            line_no: count.nullish().transform((value) => value ?? 0),
            sku: id,
            quantity: wholeNumber,
            amount,
          },
          'must be an object',
        ),
        'must be a list',
      )
      .max(5000, 'may have 5000 lines')
      .nullish()
      .transform((lines) => lines ?? []),
    updated_at: moment,
  }),
  toColumns: ({ lines, ...refund }, { store, personal }) => {
    const known = refund.reason === '' || reasons.has(refund.reason)
    return {
      ...refund,
      customer_id: personal.pseudonym(refund.customer_id),
      currency: inStoreCurrency(refund.currency, store),
      reason: known ? refund.reason : 'other',
      raw_reason: personal.text(refund.raw_reason || (known ? '' : refund.reason)),
      'lines.line_no': lines.map(({ line_no }) => line_no),
      'lines.sku': lines.map(({ sku }) => sku),
      'lines.quantity': lines.map(({ quantity }) => quantity),
      'lines.amount': lines.map((line) => line.amount),
    }
  },
})
