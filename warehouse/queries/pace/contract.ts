import { z } from 'zod'
import { type MetricName, metricNames, metrics } from '../../metrics/catalog.ts'
import { units } from '../../metrics/metric.ts'
import { storeId } from '../../settings/store-id.ts'
import { dayOrInstant } from '../period.ts'

const additive = metricNames.filter((name) => metrics[name].additive) as [MetricName, ...MetricName[]]

/** What `GET /api/v1/pace` is asked. */
export const paceRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    metric: z.enum(additive).default('paid_gmv').meta({ description: 'One whose parts add up to its whole.' }),
    from: dayOrInstant,
    to: dayOrInstant,
    as_of: z.iso.datetime({ offset: true }).optional().meta({ description: 'Up to when is told; now unless told.' }),
  })
  .meta({ description: 'How a period stands against its target, and where it will end at this pace.' })
export type PaceRequest = z.input<typeof paceRequest>

const number = z.number().nullable()

/** What `GET /api/v1/pace` answers. */
export const paceAnswer = z
  .object({
    metric: z.enum(additive),
    target: number.meta({ description: 'Null when none was set for the days of the period.' }),
    actual: z.number().meta({ description: 'From the beginning of the period to as_of.' }),
    share_expected: number.meta({ description: 'The share of the period’s total that as_of usually has seen.' }),
    expected_by_now: number.meta({ description: 'target × share_expected.' }),
    forecast: number.meta({ description: 'Of the whole period: actual + what is expected of the rest.' }),
    forecast_low: number.meta({ description: 'Nine of ten such forecasts in the weeks before ended above it.' }),
    forecast_high: number,
    meta: z.object({
      time_zone: z.string(),
      currency: z.string(),
      unit: z.enum(units),
      from: z.string(),
      to: z.string(),
      as_of: z.string(),
      basis: z.enum(['campaign', 'hour_of_week', 'hour_of_day', 'none']).meta({
        description:
          'campaign: an earlier campaign’s hours from its start; hour_of_week: the usual week; hour_of_day: the usual day, while the history is short; none: too little is known, so only the actual number is told.',
      }),
      weeks: z.int().meta({ description: 'Whole weeks that the usual week was made of; 0 when nothing goes by it.' }),
      like: z.string().nullable().meta({ description: 'The name of the earlier campaign that the basis is.' }),
      target_basis: z
        .enum(['exact', 'sum', 'none'])
        .meta({ description: 'exact: a target of just these days; sum: of targets that fill them without a gap.' }),
    }),
  })
  .meta({ description: 'A metric of a period against its target.' })
export type PaceAnswer = z.output<typeof paceAnswer>
