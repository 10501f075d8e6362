import { expect, test } from 'vitest'
import { calendarMarks } from './calendar-days.ts'
import { happeningsOn } from './happenings.ts'

const double11 = {
  id: 'd',
  name: '双11',
  type: 'promotion',
  starts_at: '2026-11-10T20:00:00+08:00',
  ends_at: '2026-11-12T00:00:00+08:00',
}
const known = {
  annotations: [{ at: '2026-11-10T12:30:00Z', text: '全场调价' }],
  campaigns: [double11],
  language: 'zh' as const,
  words: { begins: (name: string) => `${name}开始`, ends: (name: string) => `${name}结束` },
}
const timeZone = 'Asia/Shanghai'

test('a day tells what happened at which time of it; campaigns are told where they begin and end', () => {
  const labels = ['2026-11-10', '2026-11-11', '2026-11-12']
  const { notes, bands } = happeningsOn({ labels, grain: 'day', timeZone }, known)
  expect([...notes]).toEqual([
    [0, ['20:00 双11开始', '20:30 全场调价']],
    [2, ['00:00 双11结束']],
  ])
  expect(bands).toEqual([{ from: 0, to: 2, name: '双11' }])
})

test('weeks and months tell the day too', () => {
  const { notes } = happeningsOn({ labels: ['2026-11-09'], grain: 'week', timeZone }, { ...known, campaigns: [] })
  expect([...notes]).toEqual([[0, ['11月10日 20:30 全场调价']]])
})

test('an incident is told where it begins, and is a band of its own kind until it is over', () => {
  const labels = ['2026-11-10', '2026-11-11', '2026-11-12']
  const { notes, bands } = happeningsOn(
    { labels, grain: 'day', timeZone },
    {
      ...{ annotations: [], campaigns: [], language: 'zh' as const },
      incidents: [{ name: '支付金额', began_at: '2026-11-10T19:00:00Z', resolved_at: '2026-11-10T22:00:00Z' }],
      words: { ...known.words, wrong: (name) => `事件：${name}` },
    },
  )
  expect([...notes]).toEqual([[1, ['03:00 事件：支付金额']]])
  expect(bands).toEqual([{ from: 1, to: 2, name: '支付金额', kind: 'incident' }])
})

test('a holiday is a band with its name, of each day where days are wide; a day that is worked is said', () => {
  const words = {
    day: (name: string, nth: number) => `${name} 第${nth}天`,
    worked: (name: string) => `${name}调休上班`,
  }
  const start = Date.parse('2026-09-30T16:00:00Z')
  const at = (days: number) => new Date(start + days * 86_400_000).toISOString()
  const days = [
    ...[0, 1, 2].map((day) => ({ kind: 'holiday' as const, name: '国庆节', nth: day + 1, of: 3, starts_at: at(day), ends_at: at(day + 1) })),
    { kind: 'make_up' as const, name: '国庆节', nth: 1, of: 1, starts_at: at(9), ends_at: at(10) },
  ] // biome-ignore format: a day a line
  const on = (labels: string[], grain: 'day' | 'hour') =>
    happeningsOn({ labels, grain, timeZone }, { ...known, annotations: [], campaigns: [], calendar: calendarMarks(days, grain, words) }) // biome-ignore format: one axis
  const month = Array.from({ length: 12 }, (_, day) => at(day - 0.5).slice(0, 10))
  expect([...on(month, 'day').notes]).toEqual([
    [1, ['国庆节 第1天']],
    [10, ['国庆节调休上班']],
  ])
  expect(on(month, 'day').bands).toEqual([{ from: 1, to: 4, name: '国庆节' }])
  const hours = Array.from({ length: 36 }, (_, hour) => new Date(start + hour * 3_600_000).toISOString())
  expect(on(hours, 'hour').bands).toEqual([
    { from: 0, to: 24, name: '国庆节 第1天' },
    { from: 24, to: 35, name: '国庆节 第2天' },
  ])
})
