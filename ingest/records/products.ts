import { z } from 'zod'
import { id, label, moment, nullableAmount } from './fields.ts'
import { defineRecord } from './record.ts'

const address = z
  .string('must be an address')
  .max(2048, 'may have 2048 characters')
  .nullish()
  .transform((value) => value ?? '')

export const products = defineRecord({
  table: 'products',
  body: z.object({
    sku: id,
    name: label,
    category: label,
    brand: label,
    price: nullableAmount,
    cost: nullableAmount,
    url: address,
    image_url: address,
    status: label,
    updated_at: moment,
  }),
  toColumns: (product) => product,
})
