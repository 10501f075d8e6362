import { addDays, type Day, dayIn } from '../period/days.ts'
import type { Days, Grain } from '../period/period.ts'
import { dateFormat, type Language } from './intl.ts'
import { clockText } from './local-time.ts'

const at = (day: Day) => new Date(`${day}T00:00:00Z`)

const format = (language: Language, options: Intl.DateTimeFormatOptions) =>
  dateFormat(language, { timeZone: 'UTC', ...options })

const long = { year: 'numeric', month: 'short', day: 'numeric' } as const
const short = { month: 'short', day: 'numeric' } as const

/** A run of days as people write it, the year where it is not this one: 11月1日 – 11月28日. */
export function daysText(language: Language, { from, to }: Days, today: Day): string {
  const last = addDays(to, -1)
  const thisYear = from.slice(0, 4) === today.slice(0, 4) && last.slice(0, 4) === today.slice(0, 4)
  const one = format(language, thisYear ? short : long)
  if (from === last) return one.format(at(from))
  // Not formatRange: its Chinese is 11/1 – 11/28, and its spaces differ between Node and browsers.
  return `${one.format(at(from))} – ${one.format(at(last))}`
}

/** A stretch of time between two instants, by the clock of a zone: 11月10日 20:00 – 11月12日 00:00. */
export function spanText(
  language: Language,
  { from, to }: { from: string; to: string },
  { timeZone, today }: { timeZone: string; today: Day },
): string {
  const ends = [from, to]
  const thisYear = ends.every((end) => dayIn(timeZone, end).slice(0, 4) === today.slice(0, 4))
  const [start, end] = ends.map((at) => momentText(language, at, { timeZone, year: !thisYear, to: 'minute' }))
  return `${start} – ${end}`
}

/** A moment by the clock of a zone, always of 24 hours: 11月11日 20:00:05. */
export function momentText(
  language: Language,
  iso: string,
  { timeZone, year = false, to = 'second' }: { timeZone: string; year?: boolean; to?: 'second' | 'minute' },
): string {
  const day = format(language, year ? long : short).format(at(dayIn(timeZone, iso)))
  return `${day} ${clockText(timeZone, iso, to)}`
}

/**
 * A bucket's name.
 * @param start the store's local time, `2026-11-11` or `2026-11-11T09:00:00`
 * @param full for a tooltip: with weekday and year
 */
export function bucketText(language: Language, start: string, grain: Grain, full = false): string {
  const day = at(start.slice(0, 10))
  const hour = start.slice(11, 16)
  if (grain === 'month') return format(language, { year: 'numeric', month: full ? 'long' : 'short' }).format(day)
  if (grain === 'week' && full) {
    const text = format(language, long)
    return `${text.format(day)} – ${text.format(at(addDays(start.slice(0, 10), 6)))}`
  }
  const text = format(language, full ? { ...long, weekday: 'short' } : short).format(day)
  if (grain !== 'hour') return text
  return full ? `${text} ${hour}` : hour === '00:00' ? text : hour
}
