import { expect, test } from 'vitest'
import { bridgeOf } from './bridge.ts'

const numbers = (values: Record<string, number>) => (metric: string) => ({
  value: values[metric] ?? null,
  before: undefined,
})
const bars = (values: Record<string, number>) => bridgeOf(numbers(values)).map(({ start, length }) => [start, length])

test('what is lost hangs between the totals', () => {
  const values = { gmv: 100, unpaid_gmv: 10, cancelled_gmv: 30, paid_gmv: 60, refund_amount: 20, net_sales: 40 }
  expect(bars(values)).toEqual([
    [0, 1],
    [0.9, 0.1],
    [0.6, 0.3],
    [0, 0.6],
    [0.4, 0.2],
    [0, 0.4],
  ])
})

test('refunds of more than was paid do not reach below the ground', () => {
  expect(bars({ gmv: 100, paid_gmv: 100, refund_amount: 150, net_sales: -50 }).slice(4)).toEqual([
    [0, 1],
    [0, 0],
  ])
})

test('a store without orders has no bars', () => {
  expect(bars({}).every(([start, length]) => start === 0 && length === 0)).toBe(true)
})
