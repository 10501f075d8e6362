import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { asOf } from '../as-of.ts'
import { dayOrInstant } from '../period.ts'

/** What `GET /api/v1/repurchase` is asked. */
export const repurchaseRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    basis: z.enum(['first_order', 'period_buyers']).default('first_order').meta({
      description: 'first_order: who ordered for the first time ever in the period; period_buyers: who ordered in it.',
    }),
    windows: z
      .array(z.int().min(1).max(730))
      .min(1)
      .max(10)
      .default([30, 60, 90])
      .meta({ description: 'In days of 24 hours, both ends included.' }),
    grain: z.enum(['month', 'week']).optional().meta({
      description: 'Tells the customers apart by the month or week of that order; who bought in several is in each.',
    }),
    as_of: asOf,
  })
  .meta({ description: 'How many customers ordered again within so many days.' })
export type RepurchaseRequest = z.input<typeof repurchaseRequest>

export const repurchaseRow = z.object({
  cohort: z.string().optional().meta({
    description: 'With a grain: the month, or the Monday of the week.',
    example: '2026-10',
  }),
  window_days: z.int(),
  eligible: z.int().meta({ description: 'Customers whose whole window lies before as_of.' }),
  repurchased: z.int(),
  rate: z.number().nullable(),
  open: z.int().meta({ description: 'Customers whose window is not over at as_of: out of the rate.' }),
  open_repurchased: z.int().meta({ description: 'Of those, who has ordered again already.' }),
})

/** What `GET /api/v1/repurchase` answers. */
export const repurchaseAnswer = z.object({
  results: z.array(repurchaseRow),
  meta: z.object({ time_zone: z.string(), from: z.string(), to: z.string(), as_of: z.string(), customers: z.int() }),
})
export type RepurchaseAnswer = z.output<typeof repurchaseAnswer>
