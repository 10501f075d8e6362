import { localMinute } from '#lib/format/local-time.ts'

/**
 * A moment as a field of time takes it, by the clocks of a zone.
 * @param moment an instant, or what those clocks show: a day is its beginning; now, where none is given
 */
export function momentField(moment: string | undefined, timeZone: string): string {
  if (moment && /^\d{4}-\d\d-\d\d$/.test(moment)) return `${moment}T00:00`
  if (moment && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(moment)) return moment
  return localMinute(timeZone, moment ? new Date(moment) : new Date())
}
