import { expect, test } from 'vitest'
import { parseNumber } from './parse-number.ts'

const english = { decimal: '.', thousands: ',' } as const
const german = { decimal: ',', thousands: '.' } as const
const read = (text: string, format: Parameters<typeof parseNumber>[1]) => parseNumber(text, format).toFixed()

test.each([
  ['2.55', '2.55'],
  ['-36', '-36'],
  ['0.0', '0'],
  ['1,299.00', '1299'],
  ['¥ 1,299.50', '1299.5'],
  ['￥１２９９．５０', '1299.5'],
  ['88.00元', '88'],
  ['CNY 88.10', '88.1'],
  ['(12.50)', '-12.5'],
  ['12.50-', '-12.5'],
  ['−7', '-7'],
  ['+.5', '0.5'],
  ['-.5', '-0.5'],
  ['5.', '5'],
  ['1.5E3', '1500'],
  ['1E+05', '100000'],
  ['12345678901234.5678', '12345678901234.5678'],
])('%s is %s with a decimal point', (text, number) => {
  expect(read(text, english)).toBe(number)
})

test.each([
  ['1.234.567,89 €', '1234567.89'],
  ['2,5', '2.5'],
  ['-0,10', '-0.1'],
])('%s is %s with a decimal comma', (text, number) => {
  expect(read(text, german)).toBe(number)
})

test('a space may part thousands', () => {
  expect(read('1 234 567,5', { decimal: ',', thousands: ' ' })).toBe('1234567.5')
  expect(() => read('12 34', { decimal: ',', thousands: ' ' })).toThrow('“12 34” is not a number')
  expect(() => read('1 5', english)).toThrow('“1 5” is not a number')
})

test.each(['1,5', '12,34,567', 'abc', '', '1.2.3', '--1', '.', '-', '1e999', '0x10', 'NaN'])(
  '“%s” is not a number',
  (text) => {
    expect(() => read(text, english)).toThrow(/is not a number/)
  },
)

test('a decimal comma is not taken for thousands, which would make 2,55 into 255', () => {
  expect(() => read('2,55', english)).toThrow('“2,55” is not a number')
  expect(() => read('2.55', german)).toThrow('“2.55” is not a number')
})
