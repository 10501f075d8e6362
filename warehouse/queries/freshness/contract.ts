import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'
import { asOf } from '../as-of.ts'

/** What `GET /api/v1/freshness` is asked. */
export const freshnessRequest = z
  .strictObject({ store_id: storeId.meta({ example: 'main' }), as_of: asOf.meta({ description: 'Now unless told.' }) })
  .meta({ description: 'How old the newest facts are, and whether the storefront is quieter than usual.' })
export type FreshnessRequest = z.input<typeof freshnessRequest>

/** What `GET /api/v1/freshness` answers. */
export const freshnessAnswer = z.object({
  received_at: z
    .string()
    .nullable()
    .meta({ description: 'When the newest event or order was accepted; null: none yet.' }),
  inserted_at: z.string().nullable().meta({ description: 'When it could be read.' }),
  last_event_at: z
    .string()
    .nullable()
    .meta({ description: 'When the last storefront event of the last day happened.' }),
  silent_minutes: z.int().nullable().meta({ description: 'Whole minutes since then; null: none for a day.' }),
  usual_events: z.number().nullable().meta({
    description: 'After ten minutes of silence: the median of as long a stretch at this time of the last 7 days.',
  }),
  is_unusual: z.boolean().meta({ description: 'Silent for ten minutes or more, where usually there are five events.' }),
  meta: z.object({ time_zone: z.string(), as_of: z.string() }),
})
export type FreshnessAnswer = z.output<typeof freshnessAnswer>
