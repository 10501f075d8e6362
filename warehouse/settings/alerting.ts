import { z } from 'zod'
import { metricNames } from '../metrics/catalog.ts'
import { filters } from '../queries/filter.ts'

const name = z.string().min(1, 'must not be empty').max(120)
const id = z.string().min(1).max(100)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as in 22:00')
const points = z.int().min(1).max(60)

export const ruleGrains = ['minute', 'five_minutes', 'hour', 'day'] as const
export const watchedSlices = ['channel', 'channel_group', 'device', 'campaign', 'category', 'payment_method', 'province', 'page_type'] as const // biome-ignore format: a list
export const severities = ['critical', 'warning', 'info'] as const
const direction = z.enum(['drop', 'spike', 'both'])

/** When a rule's series is wrong. A fixed rule opens after `for_points` in a row, and closes when `clear` is passed as often. */
const condition = z.discriminatedUnion('type', [
  /** The detector: what is unusual for this series. */
  z.object({ type: z.literal('anomaly'), direction, wanted_per_week: z.number().positive().max(100).default(0.5) }),
  z.object({
    type: z.literal('threshold'),
    is: z.enum(['above', 'below']),
    value: z.number(),
    /** Where it is well again; `value` unless told. */
    clear: z.number().optional(),
    for_points: points.default(1),
  }),
  /** Against the same time a week before; `by` 0.3 is 30 % less or more. */
  z.object({ type: z.literal('change'), direction, by: z.number().positive().max(100), for_points: points.default(3) }),
  /** A share of the whole that one value of the rule's slice takes, over `window_points`. */
  z.object({ type: z.literal('share'), above: z.number().gt(0).lt(1), for_points: points.default(1) }),
  /** Paid GMV is forecast to end this far below its target. */
  z.object({ type: z.literal('forecast'), below: z.number().gt(0).lt(1) }),
  /** No data: ingest, spool, warehouse or tracker stands still. */
  z.object({ type: z.literal('data_stopped'), minutes: z.int().min(1).max(1440).default(5) }),
])

/** What is watched, and when it is wrong. */
export const rule = z.object({
  name,
  metric: z.enum(metricNames),
  grain: z.enum(ruleGrains),
  /** Watched apart for each value of the slice; a value is watched from `least` of the metric a day on. */
  by: z.enum(watchedSlices).optional(),
  least: z.number().min(0).default(0),
  filters,
  condition,
  severity: z.enum(severities),
  /** Contact points by id; none: those that are the store's default. */
  notify: z.array(id).max(20).default([]),
  /** Told when nobody has acknowledged it after so many minutes. */
  escalate: z.object({ after_minutes: z.int().min(1).max(1440), notify: z.array(id).max(20) }).optional(),
  /** E-mail of the user who owns its incidents. */
  owner: z.string().max(320).default(''),
  enabled: z.boolean().default(true),
  /** Of a ready-made rule: which one. */
  preset: z.string().max(60).optional(),
})

export const contactPointTypes = ['wecom', 'dingtalk', 'feishu', 'slack', 'email', 'webhook', 'sms'] as const

/** Where notifications go. The address and its secret are sealed: they are read by the delivery alone. */
export const contactPoint = z.object({
  name,
  type: z.enum(contactPointTypes),
  /** AES-256-GCM of the JSON of the type's address, see warehouse/alerts/address.ts. */
  sealed: z.string().max(20_000),
  /** What of it may be seen: a host, the last four characters, a masked inbox. */
  hint: z.string().max(200),
  /** Whom a card mentions when the rule has no owner: phone numbers or user ids, as the type takes them. */
  mention: z.array(z.string().min(1).max(200)).max(20).default([]),
  is_default: z.boolean().default(false),
  /** Told instead when this one cannot be reached. */
  fallback: id.optional(),
  language: z.enum(['zh', 'en']).default('zh'),
  enabled: z.boolean().default(true),
})

/** When incidents are not told to anybody; they are still opened and seen. */
export const silence = z
  .object({
    reason: z.string().min(1, 'must not be empty').max(200),
    /** Rules by id; none: all of the store's. */
    rules: z.array(id).max(100).default([]),
    slice: z.object({ dimension: z.enum(watchedSlices), value: z.string().max(200) }).optional(),
    starts_at: z.iso.datetime({ offset: true }),
    ends_at: z.iso.datetime({ offset: true }),
    /** Only between these times of the store's day, and on these weekdays, 1 Monday … 7 Sunday: quiet hours. */
    hours: z.object({ from: clock, to: clock, weekdays: z.array(z.int().min(1).max(7)).min(1).max(7) }).optional(),
  })
  .refine((one) => Date.parse(one.starts_at) < Date.parse(one.ends_at), {
    path: ['ends_at'],
    message: 'must be after it starts',
  })

/** What to do about a cause: a line that a shop writes for itself. The first that fits is told. */
export const playbook = z.object({
  /** What fits: a finding's direction and, when told, the factor, dimension, value or channel group of the first cause. */
  when: z.object({
    direction: direction.default('both'),
    metric: z.enum(metricNames).optional(),
    factor: z.enum(['visitors', 'conversion_rate', 'spend_per_buyer']).optional(),
    dimension: z.enum(watchedSlices).optional(),
    value: z.string().max(200).optional(),
    channel_group: z.enum(['public', 'private']).optional(),
  }),
  text: z.object({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) }),
  /** Smaller comes first. */
  place: z.int().min(0).max(10_000).default(100),
})
