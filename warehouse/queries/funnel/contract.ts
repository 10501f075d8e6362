import { z } from 'zod'
import { dimensionNames, dimensions } from '../../metrics/dimensions.ts'
import { storeId } from '../../settings/store-id.ts'
import { bounded, filterOf, filters } from '../filter.ts'
import { dayOrInstant } from '../period.ts'

/** The slices that events know. */
export const ofEvents = dimensionNames.filter((name) => 'traffic' in dimensions[name].sql)

/** What a step may ask of its event: a dimension, or a property by its path. */
export const eventField = z
  .string()
  .refine(
    (name) => ofEvents.some((one) => one === name) || /^properties\.[\w$-]{1,64}(\.[\w$-]{1,64}){0,5}$/.test(name),
    `must be one of ${ofEvents.join(', ')} or properties.<name>`,
  )

const step = z.object({
  name: z.string().min(1).max(120).meta({
    description:
      'The event’s name; $click: a click that the heatmap heard, with properties.selector, state, module, slot and text.',
    example: 'view_item',
  }),
  where: bounded(z.array(filterOf(eventField)).max(20))
    .default([])
    .meta({ description: 'Conditions on the event.', example: [['contains', 'path', ['/tea']]] }),
})

/** Which of a visitor's events may make a chain of steps. */
export const orders = ['ordered', 'first_start', 'unordered'] as const

/** What `POST /api/v1/funnel` is asked. */
export const funnelRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    steps: z
      .array(step)
      .min(2)
      .max(10)
      .meta({ example: [{ name: 'view_item' }, { name: 'add_to_cart' }, { name: 'purchase' }] }),
    window_seconds: z
      .int()
      .min(1)
      .max(366 * 86_400)
      .meta({ description: 'From the first step to the last, both ends included.', example: 86_400 }),
    order: z.enum(orders).default('ordered').meta({
      description:
        'ordered: the best chain over every event of the first step; first_start: from the visitor’s first event of the first step alone; unordered: a step is reached once it and all before it happened within one window, in any order.',
    }),
    date_range: z.tuple([dayOrInstant, dayOrInstant]).meta({ example: ['2026-11-01', '2026-11-12'] }),
    breakdown: z
      .enum(ofEvents as [string, ...string[]])
      .optional()
      .meta({ description: 'A row a value of this at the visitor’s first event of the first step.' }),
    filters: filters.meta({ description: 'Conditions on the first step.' }),
    limit: z
      .int()
      .min(1)
      .max(1_000)
      .default(50)
      .meta({ description: 'Values of the breakdown at most, largest first.' }),
  })
  .meta({ description: 'How many visitors went how far along steps.' })

export type FunnelRequest = z.input<typeof funnelRequest>

/** A funnel that people keep under a name. */
export const savedFunnel = z.object({
  name: z.string().min(1, 'must not be empty').max(120),
  ...funnelRequest.pick({ steps: true, window_seconds: true, order: true, breakdown: true }).shape,
})
export type ParsedFunnel = z.output<typeof funnelRequest>

const ratio = z.number().nullable()

/** What `POST /api/v1/funnel` answers: a row a step, or a row a step of each value of the breakdown. */
export const funnelAnswer = z.object({
  results: z.array(
    z.object({
      breakdown: z.string().optional(),
      step: z.string().meta({ example: 'add_to_cart' }),
      position: z.int().meta({ description: '1 is the first step.' }),
      visitors: z.int().meta({ description: 'Who reached this step.' }),
      conversion: ratio.meta({ description: 'Of the visitors of the first step.' }),
      step_conversion: ratio.meta({ description: 'Of the visitors of the step before.' }),
      median_seconds: z.number().nullable().meta({
        description:
          'From the step before to this one; unordered: from having done all before to having done this one too.',
      }),
    }),
  ),
  meta: z.object({ time_zone: z.string(), from: z.string(), to: z.string() }),
})
export type FunnelAnswer = z.output<typeof funnelAnswer>
