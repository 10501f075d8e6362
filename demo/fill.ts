import { campaignsBy } from './facts/campaigns.ts'
import { catalogue } from './facts/catalogue.ts'
import { happeningsOn } from './facts/happenings.ts'
import { targetsBy } from './facts/targets.ts'
import { arrivalsOf } from './life/arrivals.ts'
import type { Visits } from './life/visits.ts'
import type { Outbox } from './send/outbox.ts'
import { dayOf, startOf } from './shop/calendar.ts'
import type { Shop } from './shop/shop.ts'

interface Filling {
  shop: Shop
  visits: Visits
  outbox: Outbox
  /** The first day of the history, and the newest that has not been told. */
  from: number
  newest: number
  /** Nothing later is told. */
  until: number
  signal: AbortSignal
  /** A day and all newer ones are acknowledged; share is that of the history, 0 to 1. */
  onStretch: (number: number, share: number) => void
}

/** Of so many days the heatmaps tell. */
const heatmapDays = 14

/** After so many days everything is waited for: oftener, and nobody would work meanwhile; a start that is broken off repeats them. */
const stretch = 4

/**
 * Tells the history, newest day first: what a dashboard shows is the last weeks, so that it makes sense after seconds and
 * goes back further and further. Records are told as they stand at the end; what changes later is not told here.
 */
export async function fill({ shop, visits, outbox, from, newest, until, signal, onStretch }: Filling): Promise<void> {
  for (const product of catalogue(startOf(from))) outbox.record('products', product)
  for (const campaign of campaignsBy(shop, from, dayOf(until))) outbox.record('campaigns', campaign)
  for (const target of targetsBy(shop, from, dayOf(until))) outbox.record('targets', target)
  const sizes = new Map<number, number>()
  for (let number = from; number <= dayOf(until); number++) {
    sizes.set(
      number,
      arrivalsOf(shop, number).reduce((sum, count) => sum + count, 0),
    )
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  let left = [...sizes].reduce((sum, [number, size]) => (number <= newest ? sum + size : sum), 0)
  for (let number = newest; number >= from; number--) {
    for (const { events, stories, views } of happeningsOn(shop, visits, number)) {
      for (const event of events) if (event.at <= until) outbox.event(event)
      for (const { kind, moments, tell } of stories) {
        if ((moments[0] ?? 0) <= until) outbox.record(kind, tell(until))
      }
      await outbox.room()
      for (const view of views) {
        if (view.at > until || dayOf(until) - number >= heatmapDays) continue
        outbox.view(view)
        await outbox.room()
      }
      signal.throwIfAborted()
    }
    left -= sizes.get(number) ?? 0
    if (number !== from && (newest - number + 1) % stretch !== 0) continue
    await outbox.flush()
    onStretch(number, 1 - left / total)
  }
}
