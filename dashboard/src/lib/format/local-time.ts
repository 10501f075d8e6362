import { dateFormat } from './intl.ts'

type Instant = string | number | Date

const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const

/** What calendar and clock of a time zone show at an instant: 2026-11-11T09:30:05. */
export const localTime = (timeZone: string, at: Instant): string =>
  dateFormat('digits', { timeZone, ...day, ...clock })
    .format(new Date(at))
    .replace(' ', 'T')

/** The same to the minute, as a field of time takes it: 2026-11-11T09:30. */
export const localMinute = (timeZone: string, at: Instant): string => localTime(timeZone, at).slice(0, 16)

/** An instant as the store's clock showed it, to the minute: 2026-11-24 18:04. */
export const instantText = (timeZone: string, at: Instant): string => localMinute(timeZone, at).replace('T', ' ')

/** What a clock on the wall shows: 09:05:07, or 09:05. */
export const clockText = (timeZone: string, at: Instant, to: 'second' | 'minute' = 'second'): string =>
  localTime(timeZone, at).slice(11, to === 'second' ? 19 : 16)
