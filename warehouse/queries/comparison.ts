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
 * Whether hours of two periods stand beside each other by the clock: where both begin with a day, or at the same time of
 * one by the way they are compared. Others, as two promotions that begin at 20:00 and at 10:00, are held against each
 * other by the time that has passed since they began.
 */
export function isByClock(period: Period, compared: Period, how: Compare): boolean {
  if (how === 'same_weekdays' || how === 'last_year') return true
  return isStartOfDay(period.from) && isStartOfDay(compared.from)
}

/**
 * The bucket of the compared period that stands beside each bucket. By the clock an hour or minute has the same time of
 * the same day beside it, so that a clock change shifts nothing; else, as for days and wider, the k-th has the k-th.
 */
export function alignBuckets(
  buckets: Bucket[],
  compared: Bucket[],
  { grain, byClock }: { grain: Grain; byClock: boolean },
): Map<string, Bucket | undefined> {
  if (!byClock || !isFine(grain)) {
    return new Map(buckets.map(({ key }, at) => [key, compared[at]]))
  }
  const place = placesOf(compared)
  const byPlace = new Map(compared.map((bucket, at) => [place[at], bucket]).reverse() as [string, Bucket][])
  const places = placesOf(buckets)
  return new Map(buckets.map(({ key }, at) => [key, byPlace.get(places[at] ?? '')]))
}

/** Day and time of each bucket, counted from the beginning of the first one's day: `1 14:00`. */
function placesOf(buckets: Bucket[]): string[] {
  const origin = buckets[0]?.start.startOf('day')
  return buckets.map(({ start }) => {
    const days = origin ? Math.round(start.startOf('day').diff(origin, 'days').days) : 0
    return `${days} ${start.toFormat('HH:mm')}`
  })
}
