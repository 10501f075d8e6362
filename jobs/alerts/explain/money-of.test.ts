import { expect, test } from 'vitest'
import { moneyOf, withoutVisitors } from './money-of.ts'

test('missing visitors cost what visitors of their slice bring, and traffic carries all of it when they are like the others', () => {
  const usual = { visitors: 1000, buyers: 50, paid: 10_000 }
  const douyin = { expected: 400, actual: 120, usual: { visitors: 4000, buyers: 200, paid: 40_000 } }
  const actual = withoutVisitors(usual, [douyin])
  expect(actual).toEqual({ visitors: 720, buyers: 36, paid: 7200 })
  // 280 visitors × ¥10; two hours.
  const { money, factors } = moneyOf(usual, actual, 2)
  expect(money).toEqual({ expected: 10_000, actual: 7200, gap: -2800, per_hour: -1400 })
  expect(factors).toEqual({ visitors: -2800, conversion_rate: 0, spend_per_buyer: 0 })
})

test('when poor visitors stay away the rest convert better; the factors still add up exactly', () => {
  const usual = { visitors: 1000, buyers: 50, paid: 10_000 }
  const slice = { expected: 400, actual: 120, usual: { visitors: 400, buyers: 8, paid: 800 } }
  const { money, factors } = moneyOf(usual, withoutVisitors(usual, [slice]), 1)
  expect(money.gap).toBe(-560)
  expect(factors.visitors).toBeLessThan(-560)
  expect(factors.conversion_rate).toBeGreaterThan(0)
  const sum = Object.values(factors).reduce((all, one) => all + Math.round(one * 10_000), 0)
  expect(sum).toBe(-5_600_000)
})

test('nothing sold at all is a loss of all that was expected', () => {
  const { money, factors } = moneyOf({ visitors: 10, buyers: 2, paid: 99.9 }, { visitors: 10, buyers: 0, paid: 0 }, 0.5)
  expect(money).toEqual({ expected: 99.9, actual: 0, gap: -99.9, per_hour: -199.8 })
  expect(factors).toEqual({ visitors: 0, conversion_rate: -99.9, spend_per_buyer: 0 })
})
