/** A day of the past: its weekday, 0 for Monday, and what each hour of its clock brought. */
export interface PastDay {
  day: string
  weekday: number
  hours: readonly number[]
}

/** What each hour of a usual week brings, Monday 00:00 first: 168 numbers in the metric’s own unit. */
export interface UsualWeek {
  basis: 'hour_of_week' | 'hour_of_day'
  /** Whole weeks that it was made of; 0 when the days were too few to tell weekdays apart. */
  weeks: number
  hours: readonly number[]
  /** The days that it was made of. */
  days: readonly PastDay[]
}

/** With fewer weeks every weekday is the same. */
const fewestWeeks = 4
const fewestDays = 3
const weekdays = [0, 1, 2, 3, 4, 5, 6]

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/** The value below which a share of the numbers lies, between two of them in proportion. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? 0
  return below + ((sorted[Math.ceil(at)] ?? 0) - below) * (at % 1)
}

/** 24 numbers: the median of the days' totals, spread as the days are on average, each day with the same weight. */
function usualDay(days: readonly PastDay[]): number[] {
  const median = quantile(
    days.map(({ hours }) => sumOf(hours)),
    0.5,
  )
  const sold = days.filter(({ hours }) => sumOf(hours) > 0)
  const share = (hour: number) => sumOf(sold.map(({ hours }) => (hours[hour] ?? 0) / sumOf(hours))) / sold.length
  return Array.from({ length: 24 }, (_, hour) => (sold.length === 0 ? 0 : median * share(hour)))
}

/**
 * The usual week of the days before a period. An hour is worth the median of its weekday's totals times its mean share of
 * them: so no single day decides, and hours in which a small shop seldom sells do not come to nothing.
 * @param past consecutive days, oldest first
 * @param leftOut days of campaigns; they count all the same where they are more than half of the days
 * @returns undefined when too little is known
 */
export function usualWeek(past: readonly PastDay[], leftOut: ReadonlySet<string>): UsualWeek | undefined {
  const first = past.findIndex(({ hours }) => hours.some(Boolean))
  if (first < 0) return undefined
  // A store's first day began in the middle.
  const known = first === 0 ? past : past.slice(first + 1)
  const ordinary = known.filter(({ day }) => !leftOut.has(day))
  const days = ordinary.length * 2 >= known.length ? ordinary : known
  if (days.length < fewestDays) return undefined
  const weeks = Math.floor(known.length / 7)
  const byWeekday = weekdays.map((each) => days.filter(({ weekday }) => weekday === each))
  const tellsWeekdays = weeks >= fewestWeeks && byWeekday.every((each) => each.length >= 2)
  const hours = tellsWeekdays ? byWeekday.flatMap(usualDay) : weekdays.flatMap(() => usualDay(days))
  if (sumOf(hours) <= 0) return undefined
  return tellsWeekdays ? { basis: 'hour_of_week', weeks, hours, days } : { basis: 'hour_of_day', weeks: 0, hours, days }
}
