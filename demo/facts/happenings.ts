import type { Visit } from '../life/life.ts'
import type { Visits } from '../life/visits.ts'
import type { Shop } from '../shop/shop.ts'
import { botsOf } from './bots.ts'
import { browsingOf } from './browsing.ts'
import type { Event } from './event.ts'
import { type Viewed, viewsOf } from './heatmap/views-of.ts'
import { orderOf } from './order.ts'
import { type Story, storiesOfDay, storiesOfOrder } from './story.ts'

/** What one visit brings about, or the crawlers and the books of one day. */
export interface Happening {
  events: Event[]
  stories: Story[]
  /** Page views as the heatmap is told of them. */
  views: Viewed[]
}

export function happeningOf(shop: Shop, visit: Visit): Happening {
  const order = visit.outcome === 'order' ? orderOf(shop, visit) : undefined
  const events = browsingOf(shop, visit, order)
  return { events, stories: order ? storiesOfOrder(shop, order) : [], views: viewsOf(shop, visit, events) }
}

/** What a day brings that no visit does. */
export const happeningOfDay = (shop: Shop, number: number): Happening => ({
  events: botsOf(shop, number),
  stories: storiesOfDay(shop, number),
  views: [],
})

/** All that begins on a day, a visit at a time; some of it goes on for weeks. */
export function* happeningsOn(shop: Shop, visits: Visits, number: number): Generator<Happening> {
  yield happeningOfDay(shop, number)
  for (const visit of visits.on(number)) yield happeningOf(shop, visit)
}
