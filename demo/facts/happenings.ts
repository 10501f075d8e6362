import type { Visit } from '../life/life.ts'
import type { Visits } from '../life/visits.ts'
import type { Shop } from '../shop/shop.ts'
import { botsOf } from './bots.ts'
import { browsingOf } from './browsing.ts'
import type { Event } from './event.ts'
import { orderOf } from './order.ts'
import { type Story, storiesOfDay, storiesOfOrder } from './story.ts'

/** What one visit brings about, or the crawlers and the books of one day. */
export interface Happening {
  events: Event[]
  stories: Story[]
}

export function happeningOf(shop: Shop, visit: Visit): Happening {
  const order = visit.outcome === 'order' ? orderOf(shop, visit) : undefined
  return { events: browsingOf(shop, visit, order), stories: order ? storiesOfOrder(shop, order) : [] }
}

/** What a day brings that no visit does. */
export const happeningOfDay = (shop: Shop, number: number): Happening => ({
  events: botsOf(shop, number),
  stories: storiesOfDay(shop, number),
})

/** All that begins on a day, a visit at a time; some of it goes on for weeks. */
export function* happeningsOn(shop: Shop, visits: Visits, number: number): Generator<Happening> {
  yield happeningOfDay(shop, number)
  for (const visit of visits.on(number)) yield happeningOf(shop, visit)
}
