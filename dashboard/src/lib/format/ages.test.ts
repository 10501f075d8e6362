import { expect, test } from 'vitest'
import { agoText, durationText, secondsSince } from './ages.ts'

test.each([
  ['2026-11-11T12:00:03Z', '0秒钟前', '0 seconds ago'],
  ['2026-11-11T11:59:01Z', '59秒钟前', '59 seconds ago'],
  ['2026-11-11T11:58:01Z', '1分钟前', '1 minute ago'],
  ['2026-11-11T09:00:00Z', '3小时前', '3 hours ago'],
  ['2026-11-08T11:00:00Z', '3天前', '3 days ago'],
])('%s is told as how long ago it was', (at, zh, en) => {
  const age = secondsSince(at, Date.parse('2026-11-11T12:00:00Z'))
  expect([agoText('zh', age), agoText('en', age)]).toEqual([zh, en])
})

test('where room is short an age is told in fewer letters', () => {
  expect([0.4, 59.9, 60, 3599, 3600, 172_800].map((age) => agoText('zh', age, 'narrow'))).toEqual([
    '0秒前',
    '59秒前',
    '1分钟前',
    '59分钟前',
    '1小时前',
    '2天前',
  ])
  expect([agoText('en', 125, 'narrow'), agoText('en', -3, 'narrow')]).toEqual(['2m ago', '0s ago'])
})

test('a stretch of time is told in its largest whole unit', () => {
  expect([durationText('zh', 59.9), durationText('en', 3600), durationText('en', 90_000)]).toEqual([
    '59秒钟',
    '1 hour',
    '1 day',
  ])
})
