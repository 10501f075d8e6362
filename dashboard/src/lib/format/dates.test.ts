import { expect, test } from 'vitest'
import { bucketText, daysText, momentText, spanText } from './dates.ts'

test('a run of days names the year only where it is another', () => {
  expect(daysText('zh', { from: '2026-11-01', to: '2026-11-29' }, '2026-11-28')).toBe('11月1日 – 11月28日')
  expect(daysText('en', { from: '2026-11-01', to: '2026-11-29' }, '2026-11-28')).toBe('Nov 1 – Nov 28')
  expect(daysText('en', { from: '2026-11-11', to: '2026-11-12' }, '2026-11-28')).toBe('Nov 11')
  expect(daysText('zh', { from: '2025-12-30', to: '2026-01-02' }, '2026-11-28')).toBe('2025年12月30日 – 2026年1月1日')
})

test('a bucket is named by its grain', () => {
  expect(bucketText('zh', '2026-11-11T09:00:00', 'hour')).toBe('09:00')
  expect(bucketText('zh', '2026-11-11T00:00:00', 'hour')).toBe('11月11日')
  expect(bucketText('zh', '2026-11-11', 'day', true)).toBe('2026年11月11日周三')
  expect(bucketText('en', '2026-11-09', 'week', true)).toBe('Nov 9, 2026 – Nov 15, 2026')
  expect(bucketText('zh', '2026-11-01', 'month')).toBe('2026年11月')
})

test('a stretch between instants is told by the clock of its store', () => {
  const promotion = { from: '2026-11-10T12:00:00Z', to: '2026-11-12T00:00:00+08:00' }
  const here = { timeZone: 'Asia/Shanghai', today: '2026-11-20' }
  expect(spanText('zh', promotion, here)).toBe('11月10日 20:00 – 11月12日 00:00')
  expect(spanText('en', promotion, { ...here, today: '2027-01-02' })).toBe('Nov 10, 2026 20:00 – Nov 12, 2026 00:00')
})

test('a moment is told by the clock of its store', () => {
  const at = '2026-11-11T16:00:05.250Z'
  expect(momentText('zh', at, { timeZone: 'Asia/Shanghai' })).toBe('11月12日 00:00:05')
  expect(momentText('en', at, { timeZone: 'UTC' })).toBe('Nov 11 16:00:05')
  expect(momentText('zh', at, { timeZone: 'Asia/Shanghai', year: true, to: 'minute' })).toBe('2026年11月12日 00:00')
})
