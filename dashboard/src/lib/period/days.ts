import { localTime } from '../format/local-time.ts'

/** A calendar day, `2026-11-11`. Whose day it is the store's time zone has decided before. */
export type Day = string

const pattern = /^\d{4}-\d\d-\d\d$/
const ms = 86_400_000
const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`)
const dayAt = (at: number): Day => new Date(at).toISOString().slice(0, 10)

/** Whether the text is a day that exists. */
export const isDay = (text: string | null): text is Day =>
  text !== null && pattern.test(text) && Number.isFinite(utc(text)) && dayAt(utc(text)) === text

export const addDays = (day: Day, count: number): Day => dayAt(utc(day) + count * ms)
export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to) - utc(from)) / ms)
export const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`
export const firstOfYear = (day: Day): Day => `${day.slice(0, 4)}-01-01`

/** The same day of another month; the last of it when it is shorter. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return dayAt(Date.UTC(year, month - 1 + count, Math.min(date, last)))
}

/** The day that an instant falls on in a time zone. */
export const dayIn = (timeZone: string, at: string | number | Date): Day => localTime(timeZone, at).slice(0, 10)
