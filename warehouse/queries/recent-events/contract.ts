import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'

/** What arrives: an event, or a kind of record. */
const arrivingKinds = ['event', 'orders', 'refunds', 'products', 'inventory', 'spend', 'tickets', 'reviews'] as const
const protocols = ['segment', 'ga4', 'tracker', 'records'] as const

/** The place of a row among those that arrived: `2026-11-11T00:00:00.123Z|message-id`. */
const cursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\|.{0,300}$/s, 'must be meta.next of an answer')
  .meta({ description: 'Older ones than this row: `meta.next` of the answer before.' })

/** What `GET /api/v1/events` is asked. */
export const recentEventsRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    status: z.enum(['all', 'accepted', 'rejected']).default('all'),
    kind: z.enum(arrivingKinds).optional(),
    protocol: z.enum(protocols).optional(),
    name: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Of the event, as in `purchase`; of what was rejected any text in it.' }),
    code: z.string().max(100).optional().meta({ description: 'Why it was rejected, as in `invalid_amount`.' }),
    search: z
      .string()
      .trim()
      .max(256)
      .optional()
      .meta({ description: 'A whole message, visitor, customer, order or session id.' }),
    before: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .meta({ description: 'What arrived last, newest first; at most seven days back.' })
export type RecentEventsRequest = z.input<typeof recentEventsRequest>

const instant = z.string().meta({ description: 'ISO 8601, UTC, with milliseconds.' })

const session = z.object({
  session_id: z.string(),
  started_at: instant,
  channel: z.string(),
  campaign: z.string(),
  events: z.int(),
})

/** How an event was understood: what its columns say. */
const understood = z.object({
  timestamp: instant.meta({ description: 'By the sender’s clock.' }),
  occurred_at: instant.meta({ description: 'Corrected by how far that clock is off.' }),
  channel: z.string().meta({ description: 'What this event alone tells; empty: nothing.' }),
  source: z.string(),
  medium: z.string(),
  campaign: z.string(),
  device: z.string(),
  browser: z.string(),
  os: z.string(),
  url: z.string(),
  path: z.string(),
  page_type: z.string(),
  referrer: z.string(),
  sku: z.string(),
  quantity: z.number(),
  value: z.number(),
  currency: z.string(),
  sender_session_id: z.string(),
  is_bot: z.boolean(),
  bot_reasons: z.array(z.string()),
  session: session.nullable().meta({ description: 'The visit it fell into; null until jobs have computed it.' }),
})

const recentEvent = z.object({
  id: z.string(),
  status: z.enum(['accepted', 'rejected']),
  kind: z.string(),
  protocol: z.string(),
  name: z.string().meta({ description: 'Of an event; of a rejected one as it was sent; empty for records.' }),
  received_at: instant,
  visitor_id: z.string(),
  customer_id: z.string(),
  order_id: z.string(),
  understood: understood.nullable().meta({ description: 'Of accepted events.' }),
  code: z.string().meta({ description: 'Why it was rejected; empty: it was not.' }),
  path: z.string().meta({ description: 'The field at fault, as in properties.products[0].price.' }),
  message: z.string(),
  payload: z.string().meta({
    description: 'JSON: properties of an event, a record as kept, what was rejected as received; personal data masked.',
  }),
})
export type RecentEvent = z.output<typeof recentEvent>

/** What `GET /api/v1/events` answers. */
export const recentEventsAnswer = z.object({
  results: z.array(recentEvent),
  meta: z.object({
    from: instant.meta({ description: 'How far back was looked.' }),
    next: cursor.nullable().meta({ description: 'As `before` it asks for those that follow; null: there are none.' }),
  }),
})
export type RecentEventsAnswer = z.output<typeof recentEventsAnswer>
