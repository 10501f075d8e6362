import { Agenda } from './agenda.ts'
import type { Event } from './facts/event.ts'
import { type Happening, happeningOf, happeningOfDay } from './facts/happenings.ts'
import type { Viewed } from './facts/heatmap/views-of.ts'
import { longestStory, type Story } from './facts/story.ts'
import type { Visit } from './life/life.ts'
import type { Visits } from './life/visits.ts'
import type { Outbox } from './send/outbox.ts'
import { day, dayOf, hour, startOf } from './shop/calendar.ts'
import type { Shop } from './shop/shop.ts'

/** What the shop tells as it goes on: an event, a page that is left, a record that changes, somebody who comes in, a new day. */
type Next = { event: Event } | { view: Viewed } | { story: Story } | { visit: Visit } | { opens: number }

interface Following {
  shop: Shop
  visits: Visits
  outbox: Outbox
  /** The first day of the history: what began before it goes on unseen. */
  from: number
  /** What happened until this moment has been told already. */
  after: number
}

/** No visit lasts longer. */
const longestVisit = 2 * hour
/** Who was away for longer is told of the last so many days. */
const longestGap = 90 * day

/** Follows a shop from a moment on. */
export class Live {
  readonly #shop: Shop
  readonly #visits: Visits
  readonly #outbox: Outbox
  readonly #from: number
  readonly #agenda = new Agenda<Next>()
  #told: number

  constructor({ shop, visits, outbox, from, after }: Following) {
    this.#shop = shop
    this.#visits = visits
    this.#outbox = outbox
    this.#from = from
    this.#told = after
  }

  /** Tells all that has happened until now, also to what began weeks ago, and notes what is to come of it. */
  async catchUp(now: number): Promise<void> {
    const after = Math.max(this.#told, now - longestGap)
    const today = dayOf(now)
    this.#told = after
    for (let number = Math.max(dayOf(after) - longestStory, this.#from); number <= today; number++) {
      this.#take(happeningOfDay(this.#shop, number), now)
      for (const visit of this.#visits.on(number)) {
        if (visit.at > now) this.#agenda.add(visit.at, { visit })
        else if (visit.outcome === 'order' || visit.at > after - longestVisit) {
          this.#take(happeningOf(this.#shop, visit), now)
        }
        await this.#outbox.room()
      }
    }
    this.#agenda.add(startOf(today + 1), { opens: today + 1 })
    await this.#outbox.flush()
    this.#told = now
  }

  /** Tells what happens from the last time until now. @returns when all of it is acknowledged */
  async goOn(now: number): Promise<void> {
    for (let next = this.#agenda.due(now); next; next = this.#agenda.due(now)) {
      if ('event' in next) this.#outbox.event(next.event)
      else if ('view' in next) this.#outbox.view(next.view)
      else if ('story' in next) this.#tell(next.story, now)
      else if ('visit' in next) this.#take(happeningOf(this.#shop, next.visit), now)
      else this.#open(next.opens, now)
      await this.#outbox.room()
    }
    await this.#outbox.flush()
    this.#told = Math.max(this.#told, now)
  }

  #open(number: number, now: number): void {
    this.#take(happeningOfDay(this.#shop, number), now)
    for (const visit of this.#visits.on(number)) this.#agenda.add(visit.at, { visit })
    this.#agenda.add(startOf(number + 1), { opens: number + 1 })
  }

  #take({ events, stories, views }: Happening, now: number): void {
    for (const event of events) {
      if (event.at > now) this.#agenda.add(event.at, { event })
      else if (event.at > this.#told) this.#outbox.event(event)
    }
    for (const view of views) {
      if (view.at > now) this.#agenda.add(view.at, { view })
      else if (view.at > this.#told) this.#outbox.view(view)
    }
    for (const story of stories) {
      if (story.moments.some((at) => at > this.#told && at <= now)) this.#outbox.record(story.kind, story.tell(now))
      this.#await(story, now)
    }
  }

  #tell(story: Story, now: number): void {
    this.#outbox.record(story.kind, story.tell(now))
    this.#await(story, now)
  }

  #await(story: Story, now: number): void {
    const later = story.moments.filter((at) => at > now)
    if (later.length > 0) this.#agenda.add(Math.min(...later), { story })
  }
}
