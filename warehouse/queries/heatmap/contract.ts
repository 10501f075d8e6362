import { z } from 'zod'

const ratio = z.number().nullable()
const count = z.int()

/** One group of pages in the list of pages. */
export const pageRow = z.object({
  group: z.string(),
  title: z.string().meta({ description: 'Of the view last begun.' }),
  paths: count.meta({ description: 'Paths that the group holds.' }),
  views: count,
  visitors: count,
  clicks: count,
  clicks_per_view: ratio,
  dead_share: ratio,
  rage_share: ratio,
  error_share: ratio,
  nowhere_share: ratio,
  converted_visitors: count,
  conversion: ratio,
})

/** Where an element was clicked: x and y, 0 to 1 of its box, the mean of the clicks that are told together; clicks; of them dead, rage, error. */
export const clickPoint = z.tuple([z.number(), z.number(), count, count, count, count])

const element = {
  selector: z.string(),
  state: z.string().meta({ description: 'What lay over the page; empty: nothing.' }),
  is_fixed: z.boolean(),
}

const clicked = { clicks: count, dead: count, rage: count, error: count }

export const clickRow = z.object({
  ...element,
  ...clicked,
  points: z
    .array(clickPoint)
    .meta({ description: '[x, y, clicks, dead, rage, error]: x and y are 0 to 1 of the element’s box.' }),
})

const credited = {
  carts_in_session: count.meta({ description: 'Within the visit of the click.' }),
  carts: count.meta({ description: 'Within 24 hours after a click.' }),
  orders_in_session: count,
  orders: count,
  gmv_in_session: z.number(),
  gmv: z.number(),
  last_click_orders: count.meta({ description: 'Each order once: credited to what was clicked last before it.' }),
  last_click_gmv: z.number(),
}
export const creditRow = z.object(credited)

/** What an element's clicks came to. */
export const elementRow = z.object({
  ...element,
  ...clicked,
  visitors: count,
  text: z.string(),
  href: z.string(),
  module: z.string(),
  click_share: ratio,
  ...credited,
})

/** A band of 2 % of a page's height. */
export const scrollRow = z.object({
  band: z.int().meta({ description: '0 is the top, 49 the bottom.' }),
  views: count.meta({ description: 'That saw it, or something below.' }),
  reach: ratio,
  attention_ms: z.number().meta({ description: 'In all views together.' }),
  attention_per_view: ratio.meta({ description: 'Milliseconds ÷ views that reached it.' }),
})

const flags = ['clicked_sells_nothing', 'never_seen', 'sells_but_low'] as const
export type Flag = (typeof flags)[number]

export const moduleRow = z.object({
  module: z.string(),
  slot: z.int().meta({ description: '0: the module itself.' }),
  position: z.number().meta({ description: 'Mean place among the modules of the page, from 1.' }),
  top: z.number().meta({ description: 'Mean, 0 to 1 of the page’s height.' }),
  bottom: z.number(),
  seen_views: count,
  seen_visitors: count,
  seen_rate: ratio,
  visible_ms: ratio.meta({ description: 'Mean of an exposure.' }),
  clicks: count,
  clicked_views: count,
  clicked_visitors: count,
  dead: count,
  rage: count,
  error: count,
  click_rate: ratio,
  ...credited,
  gmv_per_1000_exposures: ratio,
  click_share: ratio,
  gmv_share: ratio,
  trend: z.array(z.object({ day: z.iso.date(), clicks: count, seen_views: count, last_click_gmv: z.number() })),
  flag: z.enum(flags).nullable(),
  at_stake: z.number().meta({ description: 'Money that the period would have brought beside, were it as the rest of the page.' }), // biome-ignore format: one line
})
export type ModuleRow = z.output<typeof moduleRow>

export const versionRow = z.object({
  version: z.string(),
  width_class: z.string(),
  first_seen: z.string(),
  last_seen: z.string(),
  views: count,
  has_snapshot: z.boolean(),
})

/** An hour of the week; `value` is of one such hour, null where the period has none. */
export const weekRow = z.object({
  weekday: z.int().meta({ description: '1 Monday to 7 Sunday.' }),
  hour: z.int(),
  value: z.number().nullable(),
})

const changed = z.object({
  before: ratio,
  after: ratio,
  change: z.object({ difference: z.number(), low: z.number(), high: z.number() }).nullable().meta({
    description: 'With the interval that it lies in, 95 times of 100; null where one of the two is of nothing.',
  }),
  is_sure: z.boolean().meta({ description: 'Whether that interval leaves out nothing having changed.' }),
})
export type Changed = z.output<typeof changed>

/** A module before and after a moment. */
export const changeRow = z.object({
  module: z.string(),
  seen_views: z.object({ before: count, after: count }),
  seen_rate: changed,
  click_rate: changed,
  order_rate: changed.meta({ description: 'Last-click orders ÷ exposures.' }),
  gmv_per_1000_exposures: changed,
})
export type ModuleChange = z.output<typeof changeRow>
