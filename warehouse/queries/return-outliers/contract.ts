import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { filters } from '../filter.ts'
import { dayOrInstant } from '../period.ts'
import { returnsRequest } from '../returns/contract.ts'

const slices = ['product', 'category', 'channel', 'campaign', 'province', 'payment_method'] as const
const { maturity_days, as_of } = returnsRequest.shape

/** What `GET /api/v1/return-outliers` is asked. */
export const returnOutliersRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    by: z.enum(slices).default('product'),
    minimum_orders: z.coerce.number().int().min(1).max(100_000).default(30).meta({
      description: 'What has fewer matured paid orders is not judged.',
    }),
    maturity_days,
    as_of,
    filters,
    limit: z.coerce.number().int().min(1).max(1_000).default(20),
  })
  .meta({ description: 'What comes back more often than everything else, surely and not by chance.' })
export type ReturnOutliersRequest = z.input<typeof returnOutliersRequest>

export const returnOutlierRow = z.object({
  value: z.string(),
  name: z.string().meta({ description: 'Of a product; else empty.' }),
  paid_orders: z.int().meta({ description: 'Of the matured days, as everything here.' }),
  returned_orders: z.int(),
  return_rate: z.number(),
  rate_at_least: z.number().meta({ description: 'The lower end of Wilson’s interval, at three standard deviations.' }),
  rest_rate: z
    .number()
    .meta({ description: 'Of all other values together: an order counts once for each that it holds.' }),
  returned_amount: z.number(),
  excess_amount: z.number().meta({
    description: 'Returned amount beyond its paid GMV × the rate by value of all others.',
  }),
})

/** What `GET /api/v1/return-outliers` answers: rows whose rate_at_least is over rest_rate, most excess money first. */
export const returnOutliersAnswer = z.object({
  results: z.array(returnOutlierRow),
  meta: z.object({
    time_zone: z.string(),
    currency: z.string(),
    from: z.string(),
    to: z.string().meta({ description: 'Where the matured days end.' }),
    as_of: z.string(),
    maturity_days: z.int(),
    minimum_orders: z.int(),
    judged: z.int().meta({ description: 'Values with enough orders.' }),
  }),
})
export type ReturnOutliersAnswer = z.output<typeof returnOutliersAnswer>
