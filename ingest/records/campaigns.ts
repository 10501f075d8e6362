import { campaignTypes } from '@guanlan/warehouse/settings/planning'
import { z } from 'zod'
import { id, instant, text } from './fields.ts'

/** A campaign as the system that plans it writes it. */
export const campaignBody = z.object({
  campaign_id: id,
  name: text,
  type: z.enum(campaignTypes, `must be one of ${campaignTypes.join(', ')}`),
  starts_at: instant,
  /** The first instant after it. */
  ends_at: instant,
  utm_campaigns: z.array(text, 'must be a list of texts').nullish(),
  note: text.nullish(),
  updated_at: instant,
})
