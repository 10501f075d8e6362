import { expect, test } from 'vitest'
import { dayBuckets } from './day-buckets.ts'

const row = (day: string, matured: boolean, paid_orders: number, returned_orders: number, refunds: number) => ({
  ...{ day, matured, paid_orders, returned_orders, refunds },
  ...{ return_rate: null, paid_gmv: 0, returned_amount: 0, return_rate_by_value: null, refund_rate: null },
  refund_amount: refunds * 10,
})
// 26 October 2026 is a Monday.
const days = [row('2026-10-25', true, 4, 1, 0), row('2026-10-26', true, 6, 3, 2), row('2026-10-27', false, 4, 0, 1), row('2026-10-28', false, 0, 0, 0)] // biome-ignore format: rows

test('a week adds its days up, and is matured when all of them are', () => {
  expect(dayBuckets(days, 'week', '2026-10-27')).toEqual([
    { start: '2026-10-19', matured: true, unfinished: false, paid_orders: 4, returned_orders: 1, return_rate: 0.25, refunds: 0, refund_amount: 0, refund_rate: 0 },
    { start: '2026-10-26', matured: false, unfinished: true, paid_orders: 10, returned_orders: 3, return_rate: 0.3, refunds: 3, refund_amount: 30, refund_rate: 0.3 },
  ]) // biome-ignore format: a row a line
})

test('a day that is still to come is none, and one without orders has no rate', () => {
  expect(dayBuckets(days, 'day', '2026-10-27').map(({ start }) => start)).toEqual([
    '2026-10-25',
    '2026-10-26',
    '2026-10-27',
  ])
  expect(dayBuckets(days, 'day', '2026-10-28').at(-1)).toMatchObject({ return_rate: null, refund_rate: null })
  expect(dayBuckets(days, 'month', '2026-10-28')).toMatchObject([{ start: '2026-10-01', paid_orders: 14, refunds: 3 }])
})
