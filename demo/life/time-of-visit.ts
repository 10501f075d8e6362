import type { Random } from '../chance/random.ts'
import { Weighted } from '../chance/weighted.ts'
import { day, hour, minute, startOf } from '../shop/calendar.ts'
import { type Hours, hours } from '../shop/hours.ts'
import type { Tide } from '../shop/promotions.ts'

const shares = Object.fromEntries(
  Object.entries(hours).map(([name, list]) => [name, new Weighted(list.map((weight, index) => [index, weight]))]),
) as Record<Hours, Weighted<number>>

/** When on a day somebody comes: by its hours, or on the stroke of an hour of a promotion. */
export function timeOfVisit(random: Random, number: number, profile: Hours, tide: Tide | undefined): number {
  let left = random.next()
  for (const [at, share, minutes] of tide?.strokes ?? []) {
    if (left < share) return startOf(number) + ((at * hour + random.exponential(minutes) * minute) % day)
    left -= share
  }
  // Two throws make the hours run into each other instead of stepping.
  const since = (random.by(shares[profile]) + random.next() + random.next() - 0.5) * hour
  return startOf(number) + Math.floor((since + day) % day)
}
