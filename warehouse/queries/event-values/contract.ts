import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { eventField } from '../funnel/contract.ts'
import { dayOrInstant } from '../period.ts'

/** Days that are looked through at most, the newest of the period: what there is to choose from need not be older. */
export const mostDays = 92
/** Events whose properties are looked through at most for their names. */
export const mostEvents = 100_000

/** What `GET /api/v1/event-values` is asked. */
export const eventValuesRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    of: z.union([z.literal('properties'), eventField]).meta({
      description: 'event, path, page_type, product, … or properties.<name>: its values; properties: their names.',
      example: 'page_type',
    }),
    event: z.string().min(1).max(120).optional().meta({ description: 'Of events of this name alone.' }),
    search: z.string().max(200).default('').meta({ description: 'Values that contain this; of products, also names.' }),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  })
  .meta({ description: 'What funnel steps can ask of events: values that were seen, the most frequent first.' })
export type EventValuesRequest = z.input<typeof eventValuesRequest>

/** What `GET /api/v1/event-values` answers. */
export const eventValuesAnswer = z.object({
  results: z.array(
    z.object({
      value: z.string(),
      name: z.string().meta({ description: 'Of a product, as the shop calls it; else empty.' }),
      events: z.int().meta({ description: 'How many events had it, bots left out.' }),
    }),
  ),
  meta: z.object({
    time_zone: z.string(),
    from: z.string().meta({ description: `No earlier than ${mostDays} days before the end.` }),
    to: z.string(),
    truncated: z.boolean().meta({ description: 'There are more values than the limit.' }),
    sampled: z.boolean().meta({ description: `Only ${mostEvents} events were looked through.` }),
  }),
})
export type EventValuesAnswer = z.output<typeof eventValuesAnswer>
