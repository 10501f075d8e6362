import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'

const cursor = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)(\/.+)?$/
const page = z.coerce.number().int().min(1).max(500)

/** What `GET /api/v1/orders` is asked. */
export const ordersRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    limit: page.default(20),
    before: z
      .string()
      .max(300)
      .regex(cursor, 'must be an instant, as in 2026-11-11T00:00:00+08:00, or what meta.next told')
      .optional()
      .meta({ description: 'Orders placed before an instant, or from where the page before ended: its meta.next.' }),
  })
  .meta({ description: 'Orders of every status, newest first.' })
export type OrdersRequest = z.input<typeof ordersRequest>

/** An order without anything that says whose it is. */
const placedOrder = z.object({
  order_id: z.string(),
  placed_at: z.string(),
  paid_at: z.string().nullable(),
  status: z.string(),
  order_type: z.string(),
  gross: z.number().meta({ description: 'What it counts for in GMV.' }),
  paid_gmv: z.number().meta({ description: 'What it counts for in paid GMV: gross once it is paid, else 0.' }),
  units: z.int(),
  channel: z.string(),
  province: z.string(),
  products: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int() })),
  is_first_order: z
    .boolean()
    .nullable()
    .meta({ description: 'Whether it is its customer’s first counted order ever; null for who is not known.' }),
})

/** What `GET /api/v1/orders` answers. */
export const ordersAnswer = z.object({
  results: z.array(placedOrder),
  meta: z.object({
    time_zone: z.string(),
    currency: z.string(),
    next: z.string().nullable().meta({ description: 'The `before` of the next page; null after the last.' }),
  }),
})
export type OrdersAnswer = z.output<typeof ordersAnswer>
