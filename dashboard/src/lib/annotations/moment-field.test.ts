import { expect, test } from 'vitest'
import { momentField } from './moment-field.ts'

test('an instant is told by the clocks of the store', () => {
  expect(momentField('2026-11-11T00:30:00Z', 'Asia/Shanghai')).toBe('2026-11-11T08:30')
  expect(momentField('2026-11-11T09:00:00+08:00', 'Asia/Shanghai')).toBe('2026-11-11T09:00')
})

test('what those clocks show stays as it is, and a day is its beginning', () => {
  expect(momentField('2026-11-11', 'America/New_York')).toBe('2026-11-11T00:00')
  expect(momentField('2026-11-11T09:35', 'America/New_York')).toBe('2026-11-11T09:35')
})
