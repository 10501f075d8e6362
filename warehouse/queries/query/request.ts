import { z } from 'zod'
import { type MetricName, metricNames } from '../../metrics/catalog.ts'
import { type DimensionName, dimensionNames, type Grain, grains } from '../../metrics/dimensions.ts'
import { storeId } from '../../settings/store-id.ts'
import { compare } from '../comparison.ts'
import { filters } from '../filter.ts'
import { dayOrInstant } from '../period.ts'

export type TimeDimension = `time:${Grain}`
const timeDimensions = grains.map((grain) => `time:${grain}`) as [TimeDimension, ...TimeDimension[]]
export type Slice = DimensionName | TimeDimension
const slice = z.enum([...timeDimensions, ...dimensionNames] as [Slice, ...Slice[]])

/** What `POST /api/v1/query` is asked. */
export const queryRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    metrics: z
      .array(z.enum(metricNames as [MetricName, ...MetricName[]]))
      .min(1)
      .max(30)
      .meta({ description: 'Numbers by name; see the definitions page.', example: ['visitors', 'paid_gmv'] }),
    dimensions: z
      .array(slice)
      .max(4)
      .default([])
      .meta({ description: 'Slices; at most one of time.', example: ['time:day'] }),
    filters,
    date_range: z
      .tuple([dayOrInstant, dayOrInstant])
      .meta({ description: '[from, to): the end is not part of it.', example: ['2026-11-01', '2026-11-12'] }),
    grain: z.enum(grains).optional().meta({ description: 'The same as a first dimension time:<grain>.' }),
    compare: compare.optional(),
    order_by: z
      .array(z.tuple([z.string(), z.enum(['asc', 'desc'])]))
      .max(4)
      .optional()
      .meta({
        description: 'By metrics or dimensions of the request; else by time, else by the first metric.',
        example: [['paid_gmv', 'desc']],
      }),
    limit: z.int().min(1).max(10_000).default(10_000).meta({ description: 'Rows at most.' }),
    as_of: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: 'What return rates know by; now unless told.' }),
  })
  .meta({ description: 'A question of metrics over a period, by slices.' })

export type QueryRequest = z.input<typeof queryRequest>
export type ParsedRequest = z.output<typeof queryRequest>
