import { oddDays } from '@guanlan/warehouse/calendar/odd-days'
import { DateTime } from 'luxon'
import type { CalendarDay } from '#lib/charts/calendar-days.ts'
import type { Language } from '#lib/format/intl.ts'

/** What charts reach back to, and the next weeks. */
const days = { back: 400, ahead: 60 }

/** Public holidays, and weekends’ days that are worked, in the country of a store, around a day of it. */
export function calendarDaysOf(timeZone: string, today: string, language: Language): CalendarDay[] {
  const middle = DateTime.fromISO(today, { zone: timeZone })
  const [from, to] = [middle.minus({ days: days.back }), middle.plus({ days: days.ahead })]
  const iso = (at: DateTime) => at.toUTC().toISO() ?? ''
  return [...oddDays(timeZone)].flatMap(([day, { kind, name, nth, of }]) => {
    const at = DateTime.fromISO(day, { zone: timeZone })
    if (at < from || at > to) return []
    return { kind, name: name[language], nth, of, starts_at: iso(at), ends_at: iso(at.plus({ days: 1 })) }
  })
}
