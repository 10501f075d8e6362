import { z } from 'zod'
import { id, moment, optionalId } from './fields.ts'
import { defineRecord } from './record.ts'

export const reviews = defineRecord({
  table: 'reviews',
  body: z.object({
    review_id: id,
    order_id: optionalId,
    customer_id: optionalId,
    sku: optionalId,
    rating: z
      .int('must be 1 to 5')
      .min(1, 'must be 1 to 5')
      .max(5, 'must be 1 to 5')
      .nullish()
      .transform((value) => value ?? null),
    body: z
      .string('must be a text')
      .max(20_000, 'may have 20000 characters')
      .nullish()
      .transform((value) => value ?? ''),
    reviewed_at: moment,
    updated_at: moment,
  }),
  toColumns: (review, { personal }) => ({
    ...review,
    customer_id: personal.pseudonym(review.customer_id),
    body: personal.text(review.body),
  }),
})
