import { Random } from '../../chance/random.ts'
import { streams } from '../../chance/streams.ts'
import type { Visit } from '../../life/life.ts'
import type { Shop } from '../../shop/shop.ts'
import type { Event } from '../event.ts'
import { pressesOn } from './intent.ts'
import type { PageType } from './layout.ts'
import { viewOf } from './view.ts'

/** A page view as the tracker tells it, and when the page is left. */
export interface Viewed {
  at: number
  userAgent: string
  body: Record<string, unknown>
}

/** Of a shop of this size every twentieth visitor is enough; a store samples as well. */
const sampled = 0.05
const types = /^\/(?:(category|product|checkout)(?:\/|$)|$)/

interface Message {
  type: string
  event?: string
  anonymousId: string
  context: { userAgent: string; page: { url: string; title?: string } }
}

const messageOf = ({ message }: Event) => message as unknown as Message
const pathOf = (event: Event | undefined) => event && new URL(messageOf(event).context.page.url).pathname
const typeOf = (path: string): PageType | undefined => {
  const [found, type] = types.exec(path) ?? []
  if (found === undefined || path === '/checkout/done') return undefined
  return (type ?? 'home') as PageType
}

/** Which screen somebody looks at, by what the browser says of itself. */
function screenOf(random: Random, userAgent: string): number {
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(userAgent)) return 1
  if (/Mobile|iPhone/.test(userAgent)) return 0
  return random.chance(0.7) ? 2 : 3
}

/** What the heatmap is told of a visit: nothing, of most. @param events of the visit, by time */
export function viewsOf(shop: Shop, { shopper, number }: Visit, events: readonly Event[]): Viewed[] {
  if (!new Random(shop.seed, streams.heatmap, shopper.born, shopper.index).chance(sampled)) return []
  const random = new Random(shop.seed, streams.heatmap, shopper.born, shopper.index, number + 1)
  const places = events.flatMap((event, place) => (messageOf(event).type === 'page' ? [place] : []))
  return places.flatMap((place, index) => {
    const event = events[place]
    const path = pathOf(event)
    const type = path === undefined ? undefined : typeOf(path)
    if (!event || path === undefined || !type) return []
    const message = messageOf(event)
    const { userAgent, page } = message.context
    const after = events[places[index + 1] ?? events.length]
    const told = events.slice(place + 1, places[index + 1]).map((each) => messageOf(each).event ?? '')
    const last = events[(places[index + 1] ?? events.length) - 1] ?? event
    const ms = Math.max(2000, (after?.at ?? last.at + random.exponential(9000)) - event.at)
    const body = viewOf({
      ...{ random, type, path, url: page.url, title: page.title ?? '', visitorId: message.anonymousId },
      ...{ screen: screenOf(random, userAgent), at: event.at, ms },
      presses: pressesOn(type, random, { path: pathOf(after), events: told }),
    })
    return [{ at: event.at + ms, userAgent, body }]
  })
}
