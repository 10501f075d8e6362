import { expect, test } from 'vitest'
import { lastedText } from './lasted.ts'

test('it is told in the two widest units', () => {
  expect(lastedText('en', 0)).toBe('0 sec')
  expect(lastedText('en', 42)).toBe('42 sec')
  expect(lastedText('en', 95)).toBe('1 min')
  expect(lastedText('en', 4200)).toBe('1 hr 10 min')
  expect(lastedText('en', 7200)).toBe('2 hr')
  expect(lastedText('zh', 4200)).toBe('1小时10分钟')
  expect(lastedText('en', 90_000)).toBe('1 day 1 hr')
})
