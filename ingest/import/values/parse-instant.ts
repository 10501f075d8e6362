import { DateTime } from 'luxon'
import { BadLine } from '../failure.ts'

export interface DateFormat {
  /** Luxon's tokens, or `iso`, `unix` (seconds) or `unix_ms`; tried in this order. */
  formats: readonly string[]
  /** The zone of times that name none. */
  zone: string
}

const remembered = 5_000
/** An instant as the reader writes it. */
const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/**
 * Makes a reader of times: text → the instant as ISO 8601 in UTC with milliseconds, so that text order is time order.
 * A time that a clock change repeats is taken as the first of the two; one that it skips is moved on by the length of
 * the gap (02:30 becomes 03:30).
 * @throws BadLine by the reader
 */
export function instantParser({ formats, zone }: DateFormat): (text: string) => string {
  // The lines of an order share their second: each text is parsed once.
  const known = new Map<string, string>()
  return (text) => {
    if (written.test(text)) return text
    const before = known.get(text)
    if (before !== undefined) return before
    const instant = parse(text, formats, zone).toUTC().toISO()
    if (instant === null) throw new BadLine(`“${text}” is not a time`)
    if (known.size >= remembered) known.clear()
    known.set(text, instant)
    return instant
  }
}

/** Makes a reader of days: text → `2026-11-11`, the day that is written, whatever the zone. */
export function dayParser({ formats, zone }: DateFormat): (text: string) => string {
  return (text) => parse(text, ['yyyy-MM-dd', ...formats], zone).toFormat('yyyy-MM-dd')
}

function parse(text: string, formats: readonly string[], zone: string): DateTime {
  for (const format of formats) {
    const time = parseAs(format, text, zone)
    if (time?.isValid) return time
  }
  throw new BadLine(`“${text}” is not a time written as ${formats.join(' or ')}`)
}

function parseAs(format: string, text: string, zone: string): DateTime | undefined {
  if (format === 'unix' || format === 'unix_ms') {
    if (!/^-?\d{1,15}(\.\d+)?$/.test(text)) return undefined
    return DateTime.fromMillis(Math.round(Number(text) * (format === 'unix' ? 1000 : 1)), { zone })
  }
  const time =
    format === 'iso'
      ? DateTime.fromISO(text.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T'), { zone })
      : DateTime.fromFormat(text, format, { zone, locale: 'en' })
  return time.isValid ? firstOfTwo(time) : undefined
}

/** Of the two instants with the same reading of the clock the earlier one. */
const firstOfTwo = (time: DateTime): DateTime =>
  (time.zone.isUniversal ? [time] : time.getPossibleOffsets()).reduce((first, other) =>
    other.toMillis() < first.toMillis() ? other : first,
  )
