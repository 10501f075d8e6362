import { addDays, type Day, firstOfMonth } from '#lib/period/days.ts'
import type { ReturnsAnswer } from './answers.ts'

export type DayGrain = 'day' | 'week' | 'month'
type Row = ReturnsAnswer['days'][number]

export interface DayBucket {
  start: Day
  /** All its days are. */
  matured: boolean
  /** It holds today: its orders are not all in, so refunds for each of them mean nothing yet. */
  unfinished: boolean
  paid_orders: number
  returned_orders: number
  return_rate: number | null
  refunds: number
  refund_amount: number
  refund_rate: number | null
}

function startOf(day: Day, grain: DayGrain): Day {
  if (grain === 'month') return firstOfMonth(day)
  if (grain === 'day') return day
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return addDays(day, -weekday)
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole)
const sum = (rows: readonly Row[], name: 'paid_orders' | 'returned_orders' | 'refunds' | 'refund_amount') =>
  rows.reduce((total, row) => total + row[name], 0)

/**
 * Days as days, weeks or months: orders and refunds add up, rates are taken of the sums. What is still to come is left
 * out.
 * @param today the last day that anything is known of
 */
export function dayBuckets(days: readonly Row[], grain: DayGrain, today: Day): DayBucket[] {
  const known = days.filter(({ day }) => day <= today)
  return [...Map.groupBy(known, ({ day }) => startOf(day, grain))].map(([start, rows]) => {
    const [paid_orders, returned_orders, refunds] = [
      sum(rows, 'paid_orders'),
      sum(rows, 'returned_orders'),
      sum(rows, 'refunds'),
    ]
    return {
      start,
      matured: rows.every(({ matured }) => matured),
      unfinished: rows.some(({ day }) => day === today),
      ...{ paid_orders, returned_orders, refunds },
      return_rate: ratio(returned_orders, paid_orders),
      refund_amount: sum(rows, 'refund_amount'),
      refund_rate: ratio(refunds, paid_orders),
    }
  })
}
