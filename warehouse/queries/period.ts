import { DateTime } from 'luxon'
import { z } from 'zod'
import { QueryError } from './query-error.ts'

/** A stretch of time in a store's zone; `to` is exclusive. */
export interface Period {
  from: DateTime
  to: DateTime
}

const years = { first: 1970, last: 2105 }

const hasClock = /[T ]/

/** A day of the store, or an instant. */
export const dayOrInstant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: 'must be a day, as in 2026-11-11, or an instant, as in 2026-11-11T00:00:00+08:00',
  })
  .meta({ description: 'A day of the store’s time zone, or an instant in ISO 8601.', example: '2026-11-11' })

/** Where a day of a store begins: its first instant, which is not midnight where a clock change skips midnight. */
export const startOfDay = (day: string, zone: string): DateTime => DateTime.fromISO(day, { zone }).startOf('day')

/** A day (its beginning) or an instant, in the store's zone. */
const momentOf = (text: string, zone: string): DateTime =>
  hasClock.test(text) ? DateTime.fromISO(text, { zone }) : startOfDay(text, zone)

/**
 * The period between two days or instants.
 * @throws QueryError when it is empty, one of them does not exist, or lies outside the years that ClickHouse's times hold
 */
export function periodOf([from, to]: readonly [string, string], zone: string, field = 'date_range'): Period {
  const period = { from: momentOf(from, zone), to: momentOf(to, zone) }
  if (!period.from.isValid || !period.to.isValid) {
    throw new QueryError('invalid_period', field, `${from} … ${to} is not a period: a date in it does not exist.`)
  }
  if (period.from.toUTC().year < years.first || period.to.toUTC().year > years.last) {
    throw new QueryError(
      'invalid_period',
      field,
      `${from} … ${to} is too far away: ask from ${years.first} to ${years.last}.`,
    )
  }
  if (period.from >= period.to) {
    throw new QueryError(
      'empty_period',
      field,
      `The period must end after it begins; its end, ${to}, is not part of it.`,
    )
  }
  return period
}

/** Whether a moment is the beginning of a day of its zone. */
export const isStartOfDay = (at: DateTime): boolean => +at === +at.startOf('day')

/** A moment as the text of ClickHouse's DateTime64(3, 'UTC'). */
export const toParam = (at: DateTime): string => at.toUTC().toFormat('yyyy-MM-dd HH:mm:ss.SSS')

/** A moment in ISO 8601 with the offset of its zone. */
export const toIso = (at: DateTime): string => at.toISO({ suppressMilliseconds: true }) ?? ''

/** The first day that begins at or after a moment. */
export const firstDayFrom = (at: DateTime): string => (isStartOfDay(at) ? at : at.plus({ days: 1 })).toISODate() ?? ''
