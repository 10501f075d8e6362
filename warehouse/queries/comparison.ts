import { z } from 'zod'
import type { Grain } from '../metrics/dimensions.ts'
import { type Bucket, isFine } from './buckets.ts'
import { dayOrInstant, isStartOfDay, type Period, periodOf } from './period.ts'

/** What a period is compared with. */
export const compare = z
  .union([z.enum(['previous_period', 'same_weekdays', 'last_year']), z.tuple([dayOrInstant, dayOrInstant])])
  .meta({
    description:
      'previous_period: as many days just before; same_weekdays: as few whole weeks back as leave the period; last_year: the same dates a year before; or a period of its own.',
    example: 'previous_period',
  })
export type Compare = z.output<typeof compare>

/** The period that another is compared with; whole days stay whole days across clock changes. */
export function comparedPeriod(period: Period, how: Compare, zone: string): Period {
  if (Array.isArray(how)) return periodOf(how, zone, 'compare')
  const { from, to } = period
  const whole = isStartOfDay(from) && isStartOfDay(to)
  // A day that begins at 01:00 stands beside one that begins at midnight, and not at its 01:00.
  const back = (shift: { years: number } | { weeks: number }): Period => {
    const moved = { from: from.minus(shift), to: to.minus(shift) }
    return whole ? { from: moved.from.startOf('day'), to: moved.to.startOf('day') } : moved
  }
  if (how === 'last_year') return back({ years: 1 })
  const days = Math.ceil(to.diff(from, 'days').days)
  if (how === 'same_weekdays') return back({ weeks: Math.ceil(days / 7) })
  if (whole) return { from: from.minus({ days }).startOf('day'), to: from }
  return { from: from.minus(to.diff(from)), to: from }
}

/**
 * The bucket of the compared period that stands beside each bucket: the same place in order for days and wider, the same
 * time of the same day for hours and minutes, so that a clock change shifts nothing.
 */
export function alignBuckets(buckets: Bucket[], compared: Bucket[], grain: Grain): Map<string, Bucket | undefined> {
  if (!isFine(grain)) {
    return new Map(buckets.map(({ key }, at) => [key, compared[at]]))
  }
  const place = placesOf(compared)
  const byPlace = new Map(compared.map((bucket, at) => [place[at], bucket]).reverse() as [string, Bucket][])
  const places = placesOf(buckets)
  return new Map(buckets.map(({ key }, at) => [key, byPlace.get(places[at] ?? '')]))
}

const clockOf = ({ start }: Bucket) => start.hour * 60 + start.minute

/** Day and time of each bucket, counted from the first: `0 14:00`. A period may begin in the middle of a day. */
function placesOf(buckets: Bucket[]): string[] {
  const first = buckets[0]
  if (!first) return []
  const origin = first.start.startOf('day')
  const shift = clockOf(first)
  return buckets.map((bucket) => {
    const minutes = Math.round(bucket.start.startOf('day').diff(origin, 'days').days) * 1440 + clockOf(bucket) - shift
    return String(minutes)
  })
}
