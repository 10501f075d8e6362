import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { asOf } from '../as-of.ts'
import { dayOrInstant } from '../period.ts'

/** What `GET /api/v1/cohorts` is asked. */
export const cohortsRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    grain: z.enum(['month', 'week']).default('month'),
    as_of: asOf,
  })
  .meta({ description: 'Customers by when they first ordered, and how many of them ordered in each later month.' })
export type CohortsRequest = z.input<typeof cohortsRequest>

const cohortsRow = z.object({
  cohort: z.string().meta({ description: 'The month, or the Monday of the week, of the first counted order.', example: '2010-12' }),
  size: z.int(),
  active: z.array(z.int()).meta({ description: 'active[k]: distinct customers with an order k months after.', example: [885, 324, 286] }),
  orders: z.array(z.int()),
  revenue: z.array(z.number()).meta({ description: 'Sum of the totals of those orders.' }),
}) // biome-ignore format: a row a line

/** What `GET /api/v1/cohorts` answers. */
export const cohortsAnswer = z.object({
  results: z.array(cohortsRow),
  meta: z.object({ time_zone: z.string(), currency: z.string(), from: z.string(), to: z.string(), as_of: z.string() }),
})
export type CohortsAnswer = z.output<typeof cohortsAnswer>
