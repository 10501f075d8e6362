import { z } from 'zod'
import { metricNames } from '../metrics/catalog.ts'

const name = z.string().min(1, 'must not be empty').max(120)
const instant = z.iso.datetime({ offset: true })
const day = z.iso.date()

/** By the clock of the system that plans it, where one does: what it says of an earlier moment changes nothing. */
const plannedElsewhere = z.iso.datetime().optional()

export const campaignTypes = ['promotion', 'presale', 'coupon', 'live', 'other'] as const

/** Something planned that moves the numbers: what expectations and comparisons with an earlier one go by. */
export const campaign = z
  .object({
    name,
    type: z.enum(campaignTypes),
    starts_at: instant,
    /** The first instant after it. */
    ends_at: instant,
    /** Which `utm_campaign` belong to it. */
    utm_campaigns: z.array(z.string().min(1).max(200)).max(50).default([]),
    note: z.string().max(500).default(''),
    updated_at: plannedElsewhere,
  })
  .refine((one) => Date.parse(one.starts_at) < Date.parse(one.ends_at), {
    path: ['ends_at'],
    message: 'must be after it starts',
  })

export const annotationTypes = ['note', 'deploy', 'price', 'stock', 'campaign', 'outage'] as const

/** What happened at a moment, told on every time axis. */
export const annotation = z.object({
  at: instant,
  type: z.enum(annotationTypes),
  text: z.string().min(1, 'must not be empty').max(200),
})

/** What a metric is to reach over days of the store. */
export const target = z
  .object({
    metric: z.enum(metricNames),
    from: day,
    /** The first day after it. */
    to: day,
    value: z.number().positive(),
    updated_at: plannedElsewhere,
  })
  .refine((one) => one.from < one.to, { path: ['to'], message: 'must be after the first day' })
