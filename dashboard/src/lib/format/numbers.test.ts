import { expect, test } from 'vitest'
import { numberFormats } from './numbers.ts'

const zh = numberFormats('zh', 'CNY')
const en = numberFormats('en', 'CNY')

test('large numbers are told in 万 and 亿, or K and M', () => {
  expect(zh.short(204_385.1, 'money')).toBe('¥20.44万')
  expect(zh.short(123_456_789, 'money')).toBe('¥1.23亿')
  expect(zh.short(9_999, 'count')).toBe('9,999')
  expect([zh.short(999.5, 'money'), zh.short(2_238.8, 'money')]).toEqual(['¥999.50', '¥2,239'])
  expect(zh.short(10_000, 'count')).toBe('1万')
  expect(en.short(204_385.1, 'money')).toBe('¥204.4K')
  expect(zh.short(306_486_000_000, 'money')).toBe('¥3065亿')
  expect(zh.short(1e15, 'money')).toBe('¥1000万亿')
})

test('exact numbers keep every digit that matters', () => {
  expect(zh.exact(204_385.1, 'money')).toBe('¥204,385.10')
  expect(numberFormats('en', 'BRL').exact(-5, 'money')).toBe('-R$5.00')
  expect(zh.exact(0.043417, 'ratio')).toBe('4.34%')
  expect(zh.exact(3_725, 'seconds')).toBe('1:02:05')
  expect(zh.exact(65.4, 'seconds')).toBe('1:05')
  expect([zh.exact(2450.4, 'milliseconds'), en.short(12_300, 'milliseconds'), en.tick(80, 'milliseconds')]).toEqual(['2,450毫秒', '12,300 ms', '80 ms']) // biome-ignore format: one line
  expect([zh.exact(0.0634, 'score'), zh.short(0.25, 'score')]).toEqual(['0.06', '0.25'])
})

test('a ratio under ten per cent shows two digits, above one', () => {
  expect(zh.short(0.0434, 'ratio')).toBe('4.34%')
  expect(zh.short(0.4347, 'ratio')).toBe('43.5%')
})

test('what is not a number is a dash, not a zero', () => {
  expect(zh.short(null, 'ratio')).toBe('–')
  expect(zh.change(5, null)).toBe('–')
  expect(zh.change(5, 0)).toBe('–')
  expect(zh.change(null, 5)).toBe('–')
})

test('a change carries its sign and stops short of the absurd', () => {
  expect(zh.change(112.3, 100)).toBe('+12.3%')
  expect(zh.change(90, 100)).toBe('−10%')
  expect(zh.change(100, 100)).toBe('0%')
  expect(zh.change(5_000_000, 1)).toBe('>999%')
  expect(zh.change(-50, -100)).toBe('+50%')
})

test('money told as a difference carries its sign', () => {
  expect(zh.signed(12_345, 'money')).toBe('+¥1.23万')
  expect(zh.signed(-812.5, 'money')).toBe('−¥812.50')
  expect(zh.signed(0, 'money')).toBe('¥0.00')
})
