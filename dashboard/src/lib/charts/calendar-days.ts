import type { TimeAxis } from './time-marks.ts'

/** A public holiday’s day, or a weekend’s day that is worked for one. */
export interface CalendarDay {
  kind: 'holiday' | 'make_up'
  name: string
  /** Of the holiday; it has so many days. */
  nth: number
  of: number
  starts_at: string
  ends_at: string
}

export interface CalendarWords {
  day: (name: string, nth: number) => string
  worked: (name: string) => string
}

type Named = Pick<CalendarDay, 'kind' | 'name' | 'nth' | 'of'>

/** A day as it is called: 国庆节 第2天. */
export const dayName = ({ kind, name, nth, of }: Named, words: CalendarWords): string =>
  kind === 'make_up' ? words.worked(name) : of === 1 ? name : words.day(name, nth)

/**
 * Holidays as bands of an axis with what is said at their beginning: a band a day where days are wide, else one for all of a
 * holiday. Weekends’ days that are worked are said alone.
 */
export function calendarMarks(days: readonly CalendarDay[], grain: TimeAxis['grain'], words: CalendarWords) {
  const isFine = grain === 'minute' || grain === 'five_minutes' || grain === 'hour'
  const told = days.filter(({ kind, nth }) => isFine || kind === 'make_up' || nth === 1)
  const bands = told.flatMap((day) => {
    if (day.kind === 'make_up') return []
    if (isFine) return [{ name: dayName(day, words), starts_at: day.starts_at, ends_at: day.ends_at }]
    const last = new Date(Date.parse(day.ends_at) + (day.of - 1) * 86_400_000).toISOString()
    return [{ name: day.name, starts_at: day.starts_at, ends_at: last }]
  })
  return { bands, notes: told.map((day) => ({ at: day.starts_at, text: dayName(day, words), isDay: true })) }
}
