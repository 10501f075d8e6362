import { expect, test } from 'vitest'
import { ageText, clockText } from './ages.ts'

test('an age is told in its widest whole unit', () => {
  expect([0.4, 59.9, 60, 3599, 3600, 172_800].map((age) => ageText('zh', age))).toEqual([
    '0秒前',
    '59秒前',
    '1分钟前',
    '59分钟前',
    '1小时前',
    '2天前',
  ])
  expect(ageText('en', 125)).toBe('2m ago')
  expect(ageText('en', -3)).toBe('0s ago')
})

test('a clock shows the time of its zone, midnight as zero', () => {
  const at = Date.parse('2026-11-10T16:00:05Z')
  expect([clockText(at, 'Asia/Shanghai'), clockText(at, 'Europe/Berlin', false)]).toEqual(['00:00:05', '17:00'])
})
