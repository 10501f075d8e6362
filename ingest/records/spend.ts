import { day } from '@guanlan/warehouse/instant'
import { z } from 'zod'
import { toText } from '../time.ts'
import { amount, currency, id, label, optionalCount, optionalMoment } from './fields.ts'
import { defineRecord, inStoreCurrency } from './record.ts'

/** What a channel or campaign cost on a day of the store. Without `updated_at` the last to arrive counts. */
export const spend = defineRecord({
  table: 'ad_spend',
  body: z.object({
    day: day.refine((value) => value >= '2000-01-01' && value < '2100-01-01', 'must lie between 2000 and 2100'),
    channel: id,
    campaign: label,
    amount,
    currency,
    impressions: optionalCount,
    clicks: optionalCount,
    updated_at: optionalMoment,
  }),
  toColumns: (row, { store, receivedAt }) => ({
    ...row,
    currency: inStoreCurrency(row.currency, store),
    updated_at: row.updated_at ?? toText(receivedAt),
  }),
})
