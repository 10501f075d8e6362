import { addDays, type Day, dayIn } from '../period/days.ts'
import type { Days, Grain } from '../period/period.ts'
import type { Language } from './numbers.ts'

const tags = { zh: 'zh-CN', en: 'en' } as const
const at = (day: Day) => new Date(`${day}T00:00:00Z`)

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(tags[language], { timeZone: 'UTC', ...options })
  formats.set(key, made)
  return made
}

const clockIn = (timeZone: string, at: Date): string =>
  format('zh', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

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
  const ends = [new Date(from), new Date(to)]
  const thisYear = ends.every((end) => dayIn(timeZone, end).slice(0, 4) === today.slice(0, 4))
  const text = format(language, { timeZone, ...(thisYear ? short : long) })
  const [start = '', end = ''] = ends.map((at) => `${text.format(at)} ${clockIn(timeZone, at)}`)
  return `${start} – ${end}`
}

/** When something happened, by the clock of a zone; with its day where a bucket is wider than one. */
export function clockText(
  language: Language,
  at: string,
  { grain, timeZone }: { grain: Grain | 'minute' | 'five_minutes'; timeZone: string },
): string {
  const moment = new Date(at)
  const clock = clockIn(timeZone, moment)
  if (grain !== 'week' && grain !== 'month') return clock
  return `${format(language, { timeZone, ...short }).format(moment)} ${clock}`
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
