import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { filters } from '../filter.ts'
import { dayOrInstant } from '../period.ts'

const slices = ['reason', 'product', 'category', 'channel', 'campaign', 'province', 'payment_method'] as const

/** What `GET /api/v1/returns` is asked. */
export const returnsRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    by: z.enum(slices).default('reason').meta({ description: 'What the results are told apart by.' }),
    maturity_days: z.coerce
      .number()
      .int()
      .min(0)
      .max(365)
      .default(30)
      .meta({ description: 'A day’s return rate is matured so many days after it.' }),
    as_of: z.iso.datetime({ offset: true }).optional().meta({ description: 'Refunds given by then; now unless told.' }),
    per: z.enum(['slice', 'day', 'total']).default('slice').meta({
      description:
        'What a row of the CSV is of: a value of `by`, a day, or everything, the matured and the fresh days.',
    }),
    filters: filters.meta({
      description:
        'Conditions that must all hold. One on reason leaves the orders placed as they are: a rate is then that of the reason.',
    }),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  })
  .meta({ description: 'Which orders came back, why, and when a rate is ripe.' })
export type ReturnsRequest = z.input<typeof returnsRequest>

const ratio = z.number().nullable()
const linked = {
  paid_orders: z.int(),
  returned_orders: z.int(),
  return_rate: ratio.meta({ description: 'returned_orders ÷ paid_orders, by the day of placement.' }),
  paid_gmv: z.number(),
  returned_amount: z.number(),
  return_rate_by_value: ratio,
}
const ripe = {
  matured: z.object(linked).meta({ description: 'Of the matured days alone.' }),
  fresh: z.object(linked).meta({ description: 'Of the days that are still growing.' }),
  still_to_come: z.number().nullable().meta({
    description:
      'Paid GMV of the fresh days × the matured rate by value, less what of them has come back already; at least 0.',
  }),
}
const given = {
  refunds: z.int().meta({ description: 'Given in the period, whenever the order was placed.' }),
  refund_amount: z.number(),
}

/** What `GET /api/v1/returns` answers. */
export const returnsAnswer = z.object({
  results: z.array(
    z.object({
      value: z.string().meta({ description: 'Of the slice; empty: not told.', example: 'quality' }),
      name: z.string().meta({ description: 'Of a product, as last told by the shop or an order line; else empty.' }),
      returned_orders: z.int(),
      returned_amount: z.number(),
      share: ratio.meta({ description: 'Of the money returned.' }),
      paid_orders: z.int().nullable().meta({ description: 'null by reason: an order that stays has none.' }),
      return_rate: ratio,
      ...given,
    }),
  ),
  days: z.array(
    z.object({
      day: z.string(),
      matured: z.boolean(),
      ...linked,
      ...given,
      refund_rate: ratio.meta({ description: 'refunds ÷ paid orders of the same day: early, of different orders.' }),
    }),
  ),
  total: z.object({
    ...linked,
    ...given,
    refund_rate: ratio,
    unlinked_refunds: z.int(),
    unlinked_share: ratio,
    ...ripe,
  }),
  meta: z.object({
    per: z.enum(['slice', 'day', 'total']),
    time_zone: z.string(),
    currency: z.string(),
    from: z.string(),
    to: z.string(),
    as_of: z.string(),
    maturity_days: z.int(),
    matured_before: z.string().meta({ description: 'Days that end after this are still growing.' }),
  }),
})
export type ReturnsAnswer = z.output<typeof returnsAnswer>
