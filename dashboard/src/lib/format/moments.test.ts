import { expect, test } from 'vitest'
import { agoText, clockText, momentText, spanText } from './moments.ts'

test('a moment is told by the store’s clock', () => {
  expect(momentText('zh', '2026-11-11T16:00:05.250Z', 'Asia/Shanghai')).toBe('11月12日 00:00:05')
  expect(momentText('en', '2026-11-11T16:00:05.250Z', 'UTC')).toBe('Nov 11 16:00:05')
  expect(clockText('2026-11-11T16:00:05.250Z', 'Asia/Shanghai')).toBe('00:00:05')
})

test.each([
  ['2026-11-11T12:00:03Z', '0秒钟前', '0 seconds ago'],
  ['2026-11-11T11:59:01Z', '59秒钟前', '59 seconds ago'],
  ['2026-11-11T11:58:01Z', '1分钟前', '1 minute ago'],
  ['2026-11-11T09:00:00Z', '3小时前', '3 hours ago'],
  ['2026-11-08T11:00:00Z', '3天前', '3 days ago'],
])('%s is told as how long ago it was', (at, zh, en) => {
  const now = Date.parse('2026-11-11T12:00:00Z')
  expect([agoText('zh', at, now), agoText('en', at, now)]).toEqual([zh, en])
})

test('a stretch of time is told in its largest whole unit', () => {
  expect([spanText('zh', 59.9), spanText('en', 3600), spanText('en', 90_000)]).toEqual(['59秒钟', '1 hour', '1 day'])
})
