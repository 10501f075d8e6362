import { expect, test } from 'vitest'
import { fromUnits, toMoney, toUnits } from './money.ts'

test.each([
  [0, '0.0000'],
  [-0, '0.0000'],
  [59, '59.0000'],
  [2.555, '2.5550'],
  ['2.555', '2.5550'],
  [0.1 + 0.2, '0.3000'],
  [1.00005, '1.0001'],
  [-1.00005, '-1.0001'],
  [1e-7, '0.0000'],
  ['-0.00001', '0.0000'],
  ['.5', '0.5000'],
  ['5.', '5.0000'],
  ['1e3', '1000.0000'],
  [' 12.30 ', '12.3000'],
  ['99999999999999.9999', '99999999999999.9999'],
  ['00012.5', '12.5000'],
])('%j is the amount %s', (value, amount) => {
  expect(toMoney(value)).toBe(amount)
})

test.each([
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  'free',
  '1,000.00',
  '¥12',
  '12 CNY',
  '0x10',
  '1e999',
  '.',
  '100000000000000',
  1e14,
  1e300,
  '99999999999999.99999',
  null,
  true,
  [1],
  '1'.repeat(65),
])('%j is no amount', (value) => {
  expect(toMoney(value)).toBeUndefined()
})

test('sums in ten-thousandths are exact', () => {
  const sum = ['0.1000', '0.2000', '-12.3456'].reduce((total, amount) => total + toUnits(amount), 0n)
  expect(fromUnits(sum)).toBe('-12.0456')
  expect(fromUnits(toUnits(toMoney(59) ?? ''))).toBe('59.0000')
})
