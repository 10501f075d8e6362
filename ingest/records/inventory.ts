import { z } from 'zod'
import { count, id, moment, optionalCount, optionalId, wholeNumber } from './fields.ts'
import { defineRecord } from './record.ts'

/** Stock of a product at a place, as last counted; on hand may be negative where a shop oversells. */
export const inventory = defineRecord({
  table: 'inventory',
  body: z.object({
    sku: id,
    location: optionalId,
    on_hand: wholeNumber,
    reserved: optionalCount,
    safety_stock: count.nullish().transform((value) => value ?? null),
    updated_at: moment,
  }),
  toColumns: (stock) => stock,
})
