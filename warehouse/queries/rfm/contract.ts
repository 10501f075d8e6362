import { z } from 'zod'
import type { Words } from '../../metrics/metric.ts'
import { storeId } from '../../settings/store-id.ts'
import { dayOrInstant } from '../period.ts'

/** The segments, best first, as they are told apart: the first whose rule matches is the one. */
export const segments = {
  champions: { en: 'Champions', zh: '重要价值客户', rule: 'R ≥ 4, F ≥ 4, M ≥ 4' },
  loyal: { en: 'Loyal', zh: '忠诚客户', rule: 'R ≥ 3, F ≥ 4' },
  potential_loyalist: { en: 'Potential loyalists', zh: '潜力客户', rule: 'R ≥ 4, F ≥ 2' },
  new: { en: 'New', zh: '新客户', rule: 'R ≥ 4' },
  need_attention: { en: 'Need attention', zh: '需要关注', rule: 'R = 3, F ≥ 2' },
  about_to_sleep: { en: 'About to sleep', zh: '即将沉睡', rule: 'R = 3' },
  cant_lose: { en: 'Can’t lose', zh: '重要挽留客户', rule: 'F ≥ 4, M ≥ 4' },
  at_risk: { en: 'At risk', zh: '流失风险', rule: 'F ≥ 3' },
  hibernating: { en: 'Hibernating', zh: '沉睡客户', rule: 'R = 2' },
  lost: { en: 'Lost', zh: '已流失', rule: 'R = 1' },
} as const satisfies Record<string, Words & { rule: string }>
export type Segment = keyof typeof segments
export const segment = z.enum(Object.keys(segments) as [Segment, ...Segment[]])

/** What `GET /api/v1/rfm` is asked. */
export const rfmRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    as_of: z.iso.datetime({ offset: true }).optional().meta({
      description: 'Recency is counted back from here; midnight after the last order day of the period unless told.',
    }),
    per: z.enum(['segment', 'cell', 'customer']).default('segment').meta({
      description: 'What a row is of: a segment, a score of recency with one of frequency, or a customer.',
    }),
    segment: segment.optional().meta({ description: 'Only customers of this segment, with per=customer.' }),
    limit: z.coerce.number().int().min(1).max(100_000).default(10_000).meta({ description: 'Customers at most.' }),
    offset: z.coerce.number().int().min(0).default(0),
  })
  .meta({ description: 'Customers by recency, frequency and money, scored in fifths.' })
export type RfmRequest = z.input<typeof rfmRequest>

const score = z.int().min(1).max(5)

export const rfmSegmentRow = z.object({
  segment,
  customers: z.int(),
  monetary: z.number().meta({ description: 'What they spent in the period.' }),
  orders: z.int(),
  share: z.number().nullable().meta({ description: 'Of all customers.' }),
})
export const rfmCellRow = z.object({ r: score, f: score, customers: z.int(), monetary: z.number(), orders: z.int() })
export const rfmCustomerRow = z.object({
  customer_id: z.string(),
  last_order_at: z.string(),
  recency_days: z.int(),
  frequency: z.int(),
  monetary: z.number(),
  r: score,
  f: score,
  m: score,
  segment,
})

const meta = z.object({
  time_zone: z.string(),
  currency: z.string(),
  from: z.string(),
  to: z.string(),
  as_of: z.string(),
  per: z.enum(['segment', 'cell', 'customer']),
  customers: z.int(),
})

/** What `GET /api/v1/rfm` answers: a row a segment, a cell of r × f, or a customer, as `per` says. */
export const rfmAnswer = z.object({ results: z.array(z.union([rfmCustomerRow, rfmCellRow, rfmSegmentRow])), meta })
export type RfmAnswer = z.output<typeof rfmAnswer>
