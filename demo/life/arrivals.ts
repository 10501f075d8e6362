import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { weekdayOf } from '../shop/calendar.ts'
import { tideOf } from '../shop/promotions.ts'
import type { Shop } from '../shop/shop.ts'
import { type Source, sources } from '../shop/sources.ts'

const sunday = 0
const saturday = 6
const wednesday = 3

const everyday = [1.08, 0.97, 0.95, 0.98, 0.97, 0.98, 1.07] as const
const atWork = [0.76, 1.1, 1.08, 1.08, 1.06, 1, 0.78] as const

/** The shop grows by a third of a percent a day, and no more once it is a month older than its anchor. */
const growthOf = (days: number) => Math.exp(0.0033 * Math.min(days, 30))

function weekdayFactor({ hours, live }: Source, weekday: number): number {
  if (live) return weekday === wednesday || weekday === saturday ? 1.45 : weekday === sunday ? 0.95 : 0.86
  return (hours === 'work' ? atWork : everyday)[weekday] ?? 1
}

/** The people who come on a day for the first time: how many by each source, in the order of the sources. */
export function arrivalsOf({ seed, anchor, scale = 1 }: Shop, number: number): readonly number[] {
  const random = new Random(seed, streams.arrivals, number)
  const tide = tideOf(anchor, number)
  const ofDay = random.noise(0.045) * growthOf(number - anchor)
  return sources.map((source) => {
    const lift = tide ? 1 + (tide.traffic - 1) * (source.lift ?? 1) : 1
    const expected = scale * source.newcomers * ofDay * weekdayFactor(source, weekdayOf(number)) * lift
    // What of a day is chance grows with the square root of its visits.
    return Math.max(0, Math.round(expected * random.noise(0.06) + random.normal(0, Math.sqrt(expected))))
  })
}
