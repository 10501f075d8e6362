import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { filters } from '../filter.ts'
import { dayOrInstant } from '../period.ts'

const numbers = {
  visitors: z.int().meta({ description: 'Distinct browsers with an event about it.' }),
  product_views: z.int(),
  add_to_carts: z.int(),
  buyers: z.int(),
  orders: z.int(),
  units: z.int(),
  gmv: z.number(),
  paid_gmv: z.number(),
  refunds: z.int(),
  refund_amount: z.number(),
  conversion_rate: z.number().nullable().meta({ description: 'Its buyers ÷ its visitors.' }),
  return_rate: z.number().nullable(),
}
export const productMetrics = Object.keys(numbers) as (keyof typeof numbers)[]

/** What `GET /api/v1/products` is asked. */
export const productsRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    by: z.enum(['product', 'category']).default('product'),
    order_by: z.enum(productMetrics as [keyof typeof numbers]).default('gmv'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    as_of: z.iso.datetime({ offset: true }).optional(),
    filters,
    limit: z.coerce.number().int().min(1).max(10_000).default(100),
  })
  .meta({ description: 'Products by what they were looked at, bought and returned.' })
export type ProductsRequest = z.input<typeof productsRequest>

/** What `GET /api/v1/products` answers. */
export const productsAnswer = z.object({
  results: z.array(
    z.object({
      value: z.string().meta({ description: 'The sku or the category; empty: not told.' }),
      name: z.string().meta({ description: 'Of the product, as last told by the shop or an order line.' }),
      ...numbers,
    }),
  ),
  meta: z.object({
    time_zone: z.string(),
    currency: z.string(),
    from: z.string(),
    to: z.string(),
    truncated: z.boolean(),
  }),
})
export type ProductsAnswer = z.output<typeof productsAnswer>
