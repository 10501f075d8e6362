import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'

/** By which way facts come in: events by protocol, records by kind. Orders made of purchase events are none of a ledger's. */
export const signals = [
  'segment',
  'ga4',
  'tracker',
  'orders',
  'refunds',
  'products',
  'inventory',
  'spend',
  'tickets',
  'reviews',
] as const
export type Signal = (typeof signals)[number]

/** What `GET /api/v1/arrivals` is asked. */
export const arrivalsRequest = z
  .strictObject({ store_id: storeId.meta({ example: 'main' }) })
  .meta({ description: 'What has arrived by each way in: when first, when last, how much within 24 hours.' })

export const arrival = z.object({
  signal: z.enum(signals).meta({ description: 'The protocol of events, or the kind of records.' }),
  first: z.string().nullable().meta({ description: 'When the first arrived; null: none ever.' }),
  last: z.string().nullable(),
  last_day: z.int().meta({ description: 'Arrivals of the last 24 hours; one sent again may count again.' }),
})
export type Arrival = z.output<typeof arrival>

/** What `GET /api/v1/arrivals` answers: a row for each signal. */
export const arrivalsAnswer = z.object({ results: z.array(arrival) })
export type ArrivalsAnswer = z.output<typeof arrivalsAnswer>
