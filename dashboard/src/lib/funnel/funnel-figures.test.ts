import { expect, test } from 'vitest'
import { type FunnelAnswer, figuresOf, largestLoss } from './funnel-figures.ts'
import { worstDrop } from './worst-drop.ts'

const rows = (visitors: number[], breakdown?: string): FunnelAnswer['results'] =>
  visitors.map((count, at) => ({
    ...(breakdown !== undefined && { breakdown }),
    step: `step ${at + 1}`,
    position: at + 1,
    visitors: count,
    conversion: null,
    step_conversion: null,
    median_seconds: null,
  }))
const answer = (results: FunnelAnswer['results']): FunnelAnswer => ({
  results,
  meta: { time_zone: 'UTC', from: '', to: '' },
})

test('of each step it is told who went no further, beside the compared period', () => {
  const figures = figuresOf(answer(rows([200, 50, 40])), answer(rows([100, 30, 20])))
  expect(figures.map(({ lost, lost_share, before }) => [lost, lost_share, before?.visitors])).toEqual([
    [150, 0.75, 100],
    [10, 0.2, 30],
    [null, null, 20],
  ])
  expect(largestLoss(figures)?.position).toBe(1)
  expect(largestLoss(figuresOf(answer(rows([0, 0])), undefined))).toBeUndefined()
})

test('the worst drop is the one that costs most visitors against the rest', () => {
  // douyin: 100 → 20 → 15; the rest: 100 → 30 → 25. At the cart 100 × (0.3 − 0.2) = 10 are missing, at the order
  // 20 × (25⁄30 − 15⁄20) = 1.67. search goes better than the rest: 80 → 26 against 120 → 24.
  const whole = answer(rows([200, 50, 40]))
  const broken = answer([...rows([100, 20, 15], 'douyin'), ...rows([80, 26, 22], 'search'), ...rows([20, 4, 3], '')])
  const worst = worstDrop(whole, broken)
  expect(worst).toMatchObject({ value: 'douyin', position: 2, step_conversion: 0.2, rest_conversion: 0.3 })
  expect(worst?.visitors).toBeCloseTo(10)
})

test('where no value goes worse than the rest, or there is no rest, there is no worst drop', () => {
  expect(worstDrop(answer(rows([200, 50])), answer(rows([200, 50], 'all')))).toBeUndefined()
  expect(worstDrop(answer(rows([20, 10])), answer([...rows([10, 5], 'a'), ...rows([10, 5], 'b')]))).toBeUndefined()
  expect(worstDrop(answer(rows([0, 0])), answer([]))).toBeUndefined()
})
