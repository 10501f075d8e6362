import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'

/** What `GET /api/v1/data-health` is asked. */
export const dataHealthRequest = z
  .strictObject({ store_id: storeId.meta({ example: 'main' }) })
  .meta({ description: 'How far the data of a store can be relied on: bots, copies, late rows, rollups behind.' })

/** What `GET /api/v1/data-health` answers. */
export const dataHealthAnswer = z.object({
  traffic: z.object({
    events: z.int().meta({ description: 'Events that arrived in the last 24 hours, bots and copies with them.' }),
    per_second: z.number().meta({ description: 'Over the last five minutes.' }),
    bots: z.int(),
    copies: z
      .int()
      .meta({ description: 'Arrivals of what happened in the last day that repeat an event already there.' }),
  }),
  bots: z.array(z.object({ reason: z.string(), events: z.int() })),
  late: z.object({
    rows: z.int().meta({ description: 'Of the last 35 days: rows that arrived after their day had closed.' }),
    days: z.array(
      z.object({
        day: z.string(),
        source: z.enum(['traffic', 'sales']),
        rows: z.int(),
        reopened_at: z.string().meta({ description: 'When last.' }),
      }),
    ),
  }),
  rollups: z.object({
    bad_buckets: z.int().meta({ description: 'Hours and days whose rollup is older than their facts.' }),
    lag_seconds: z.number().meta({ description: 'For how long the one left alone longest has been.' }),
  }),
  differences: z.object({
    count: z
      .int()
      .meta({ description: 'What nightly comparisons of the last seven days found wrong, and had made again.' }),
    last: z.string().nullable(),
    rollups: z.array(z.string()),
  }),
})
export type DataHealthAnswer = z.output<typeof dataHealthAnswer>
