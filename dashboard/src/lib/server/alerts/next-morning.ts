import { DateTime } from 'luxon'

/** When a working day begins, and how long a night must still last to be worth sleeping through. */
const [morning, leastHours] = [8, 3]

/** The next morning by a store's clock: at three at night that of the day which has begun. */
export function nextMorning(now: Date, timeZone: string): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  const today = local.set({ hour: morning, minute: 0, second: 0, millisecond: 0 })
  const next = today.diff(local, 'hours').hours >= leastHours ? today : today.plus({ days: 1 })
  return next.toJSDate()
}
