import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { compare } from '../comparison.ts'
import { filters } from '../filter.ts'
import { dayOrInstant } from '../period.ts'

/** What the question of GMV's factors is asked. */
export const gmvFactorsRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    date_range: z.tuple([dayOrInstant, dayOrInstant]).meta({ example: ['2026-11-01', '2026-11-12'] }),
    compare: compare.default('previous_period'),
    filters,
  })
  .meta({ description: 'Why paid GMV changed: visitors × conversion × spend per buyer, in money; and gross to net.' })
export type GmvFactorsRequest = z.input<typeof gmvFactorsRequest>

const number = z.number().nullable()
const factor = z.object({
  name: z.enum(['visitors', 'conversion_rate', 'spend_per_buyer']),
  value: number,
  compared: number,
  contribution: z
    .number()
    .meta({ description: 'What it added to the change of paid GMV, in money; the three add up to it.' }),
})
const step = z.object({
  name: z.enum(['gmv', 'unpaid_gmv', 'cancelled_gmv', 'paid_gmv', 'refund_amount', 'net_sales']),
  value: z.number(),
  compared: z.number(),
})

/** What it answers. */
export const gmvFactorsAnswer = z.object({
  paid_gmv: z.object({ value: z.number(), compared: z.number(), change: z.number() }),
  factors: z.array(factor),
  bridge: z
    .array(step)
    .meta({ description: 'gmv − unpaid_gmv − cancelled_gmv = paid_gmv; paid_gmv − refund_amount = net_sales.' }),
  meta: z.object({
    time_zone: z.string(),
    currency: z.string(),
    from: z.string(),
    to: z.string(),
    comparison: z.object({ from: z.string(), to: z.string() }),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
})
export type GmvFactorsAnswer = z.output<typeof gmvFactorsAnswer>
