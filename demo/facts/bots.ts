import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { day, startOf } from '../shop/calendar.ts'
import { products } from '../shop/products.ts'
import type { Shop } from '../shop/shop.ts'
import { bots } from '../shop/user-agents.ts'
import { pathOf, shopUrl } from './browsing.ts'
import type { Event } from './event.ts'

const crawls = 26

/** The events of the crawlers that read the shop on a day, in no order of time. */
export function botsOf({ seed }: Shop, number: number): Event[] {
  const random = new Random(seed, streams.bots, number)
  const events: Event[] = []
  for (let crawl = 0; crawl < crawls; crawl++) {
    const userAgent = random.of(bots)
    const pages = random.whole(4, 22)
    let at = startOf(number) + random.between(0, day - 20 * 60_000)
    for (let page = 0; page < pages; page++) {
      const product = random.of(products)
      const moment = Math.floor(at)
      const message = {
        type: 'page',
        messageId: `b${number}-${crawl}-${page}`,
        anonymousId: `bot-${number}-${crawl}`,
        timestamp: moment,
        context: { userAgent, page: { url: `${shopUrl}${pathOf(product)}`, title: product.name } },
        properties: { page_type: 'product' },
      }
      events.push({ at: moment, message })
      at += random.exponential(9_000)
    }
  }
  return events
}
