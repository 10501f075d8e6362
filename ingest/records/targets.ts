import { z } from 'zod'
import { id, instant, text } from './fields.ts'

/** A target as the system that plans it writes it: what a metric is to reach over days of the store. */
export const targetBody = z.object({
  target_id: id,
  metric: text,
  from: text,
  /** The first day after it. */
  to: text,
  value: z.number('must be a number'),
  updated_at: instant,
})
