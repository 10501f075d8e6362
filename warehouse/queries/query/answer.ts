import { z } from 'zod'
import { units } from '../../metrics/metric.ts'

const number = z.number().nullable()

/** What `POST /api/v1/query` answers. */
export const queryAnswer = z
  .object({
    results: z.array(
      z.object({
        dimensions: z
          .array(z.string())
          .meta({ description: 'In the order of query.dimensions.', example: ['2026-11-11'] }),
        metrics: z.array(number).meta({ description: 'In the order of query.metrics.', example: [1204, 88213.5] }),
        comparison: z.array(number).optional().meta({ description: 'The same metrics of the compared period.' }),
      }),
    ),
    meta: z.object({
      time_zone: z.string(),
      currency: z.string(),
      from: z.string().meta({ description: 'The first instant of the period.' }),
      to: z.string(),
      comparison: z.object({ from: z.string(), to: z.string() }).optional(),
      units: z.array(z.enum(units)),
      truncated: z.boolean().meta({ description: 'Whether the limit cut rows off.' }),
      read: z.enum(['raw', 'rollups', 'both']).meta({ description: 'What the numbers were read from.' }),
      matured_before: z
        .string()
        .optional()
        .meta({ description: 'Return rates of orders placed from here on still grow.' }),
      warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    }),
    query: z
      .object({ metrics: z.array(z.string()), dimensions: z.array(z.string()) })
      .loose()
      .meta({ description: 'The question as it was understood.' }),
  })
  .meta({ description: 'Numbers by slices.' })

export type QueryAnswer = z.output<typeof queryAnswer>
