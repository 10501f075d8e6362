import { oddDayAt, oddDays } from '@guanlan/warehouse/calendar/odd-days'
import { DateTime } from 'luxon'
import type { Campaign } from './campaigns.ts'

/** The odd day that a bucket lies in. */
export interface InOddDay {
  day: string
  /** Milliseconds to the same clock of the day that it is rather like: the Sunday or the Monday that comes next. */
  shift: number
  /** The holiday that the day is of; a weekend's day that is worked is of none. */
  holiday: Campaign | undefined
  /** Milliseconds from the holiday's beginning to the middle of the bucket. */
  distance: number
}

const dayMs = 86_400_000
const [monday, sunday] = [1, 7]

const holidayOf = (first: string, name: string, days: number, zone: string): Campaign => {
  const start = DateTime.fromISO(first, { zone })
  const iso = (at: DateTime) => at.toUTC().toISO() ?? ''
  return {
    ...{ id: `holiday ${first}`, name, type: 'other', utm_campaigns: [], note: '' },
    ...{ starts_at: iso(start), ends_at: iso(start.plus({ days })) },
  }
}

/** The odd day that a bucket lies in, by the store's clock. */
export function oddDayOf({ start, end }: { start: number; end: number }, zone: string): InOddDay | undefined {
  const odd = oddDayAt(start, zone)
  if (!odd) return undefined
  const local = DateTime.fromMillis(start, { zone })
  const isHoliday = odd.kind === 'holiday'
  const days = ((isHoliday ? sunday : monday) - local.weekday + 7) % 7
  const holiday = isHoliday ? holidayOf(odd.first, odd.name.zh, odd.of, zone) : undefined
  return {
    day: local.toISODate() ?? '',
    shift: days * dayMs,
    holiday,
    distance: holiday ? (start + end) / 2 - Date.parse(holiday.starts_at) : 0,
  }
}

/** All holidays of a store's country that are known, as campaigns: what an earlier one of the same name brought can be read. */
export const holidaysOf = (zone: string): Campaign[] =>
  [...oddDays(zone).values()]
    .filter(({ kind, nth }) => kind === 'holiday' && nth === 1)
    .map(({ first, name, of }) => holidayOf(first, name.zh, of, zone))
