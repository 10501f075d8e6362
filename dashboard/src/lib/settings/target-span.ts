import { addDays, addMonths, type Day, firstOfMonth, isDay } from '../period/days.ts'

export const targetSpans = ['day', 'week', 'month', 'custom', 'campaign'] as const
export type TargetSpan = (typeof targetSpans)[number]

interface Days {
  from: Day
  /** The first day after. */
  to: Day
}

/** The Monday on or before a day. */
const monday = (day: Day) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/**
 * The days that a target is for, as its form names them.
 * @param text day: any day of the day or week; month: `2026-11`; from and last: both are part of it
 * @returns undefined when there are no such days
 */
export function targetDays(
  span: Exclude<TargetSpan, 'campaign'>,
  { day, month, from, last }: { day: string; month: string; from: string; last: string },
): Days | undefined {
  if (span === 'custom') return isDay(from) && isDay(last) && from <= last ? { from, to: addDays(last, 1) } : undefined
  if (span === 'month') {
    const first = `${month}-01`
    return isDay(first) ? { from: first, to: addMonths(first, 1) } : undefined
  }
  if (!isDay(day)) return undefined
  return span === 'day' ? { from: day, to: addDays(day, 1) } : { from: monday(day), to: addDays(monday(day), 7) }
}

/** What days a target has, told as the form would: a month, a week from Monday, a day, or any run of them. */
export function spanOf({ from, to }: Days): Exclude<TargetSpan, 'campaign'> {
  if (to === addDays(from, 1)) return 'day'
  if (from === firstOfMonth(from) && to === addMonths(from, 1)) return 'month'
  return from === monday(from) && to === addDays(from, 7) ? 'week' : 'custom'
}
