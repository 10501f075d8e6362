import type { DateTime } from 'luxon'
import type { Grain } from '../metrics/dimensions.ts'
import { type Period, toIso } from './period.ts'

/** A bucket of time in a store's zone. */
export interface Bucket {
  /** What bucketSql answers for its facts. */
  key: string
  /** What people read: a day, or an instant for hours and minutes. */
  label: string
  start: DateTime
}

const steps = { minute: { minutes: 1 }, five_minutes: { minutes: 5 }, hour: { hours: 1 } } as const

/** Whether a grain's buckets are stretches of a clock and not of a calendar. */
export const isFine = (grain: Grain): grain is keyof typeof steps => grain in steps

/** SQL text that tells the bucket of a time column in the zone `{time_zone:String}`; equal to the bucket's key. */
export function bucketSql(grain: Grain, column: string, isDay = false): string {
  const day = isDay ? column : `toDate32(${column}, {time_zone:String})`
  switch (grain) {
    case 'minute':
      return `toString(toUnixTimestamp(toStartOfMinute(${column})))`
    case 'five_minutes':
      return `toString(toUnixTimestamp(toStartOfFiveMinutes(${column})))`
    case 'hour':
      return `toString(toUnixTimestamp(toStartOfHour(${column}, {time_zone:String})))`
    case 'day':
      return `toString(${day})`
    case 'week':
      return `toString(toMonday(${day}))`
    case 'month':
      return `toString(toStartOfMonth(${day}))`
  }
}

function bucketAt(start: DateTime, grain: Grain): Bucket {
  const date = start.toISODate() ?? ''
  return isFine(grain)
    ? { key: String(start.toUnixInteger()), label: toIso(start), start }
    : { key: date, label: date, start }
}

const startOf = (at: DateTime, grain: Grain): DateTime =>
  grain === 'five_minutes' ? at.startOf('minute').minus({ minutes: at.minute % 5 }) : at.startOf(grain)

/**
 * Every bucket of a period, the first and last perhaps in part: days of 23 and 25 hours have so many.
 * @param most stops one bucket after so many, so that a caller can refuse
 */
export function bucketsOf({ from, to }: Period, grain: Grain, most: number): Bucket[] {
  const buckets: Bucket[] = []
  let start = startOf(from, grain)
  while (start < to && buckets.length <= most) {
    buckets.push(bucketAt(start, grain))
    // Again the start: adding a day to a day that begins at 01:00 would stay at 01:00.
    start = isFine(grain) ? start.plus(steps[grain]) : start.plus({ [grain]: 1 }).startOf(grain)
  }
  return buckets
}
