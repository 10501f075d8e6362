import { expect, test } from 'vitest'
import { finishedValues, trendPoints } from './trend-points.ts'

const answer = (labels: string[]) => ({
  results: labels.map((label, at) => ({ dimensions: [label], metrics: [7, at], comparison: [9, at + 10] })),
  meta: {
    time_zone: 'Asia/Shanghai',
    currency: 'CNY',
    from: '',
    to: '',
    units: ['count' as const, 'count' as const],
    truncated: false,
    read: 'raw' as const,
    warnings: [],
  },
  query: { metrics: ['orders', 'visitors'], dimensions: ['time:day'] },
})

test('today is still filling and tomorrow has no number yet, in the store’s zone', () => {
  const view = { language: 'zh', grain: 'day', now: new Date('2026-11-10T16:30:00Z') } as const
  const points = trendPoints(answer(['2026-11-10', '2026-11-11', '2026-11-12']), 'visitors', view)
  expect(points.map(({ short, value, before, partial }) => [short, value, before, partial])).toEqual([
    ['11月10日', 0, 10, false],
    ['11月11日', 1, 11, true],
    ['11月12日', null, 12, false],
  ])
})

test('a line without words has the buckets that are over', () => {
  const view = { grain: 'day', now: new Date('2026-11-10T16:30:00Z') } as const
  expect(finishedValues(answer(['2026-11-10', '2026-11-11', '2026-11-12']), 'visitors', view)).toEqual([0, null, null])
})

test('hours are told apart by the instant', () => {
  const view = { language: 'zh', grain: 'hour', now: new Date('2026-11-11T01:30:00+08:00') } as const
  const labels = ['2026-11-11T00:00:00+08:00', '2026-11-11T01:00:00+08:00', '2026-11-11T02:00:00+08:00']
  const points = trendPoints(answer(labels), 'orders', view)
  expect(points.map(({ value, partial }) => [value, partial])).toEqual([
    [7, false],
    [7, true],
    [null, false],
  ])
})

test('a bucket carries what happened in it, and an hour of a campaign its number', () => {
  const notes = new Map([[1, ['20:30 x']]])
  const view = { language: 'zh', grain: 'hour', now: new Date('2026-11-12T00:00:00Z'), notes, nth: (hour: number) => `#${hour}` } as const // biome-ignore format: one view
  const points = trendPoints(answer(['2026-11-10T20:00:00+08:00', '2026-11-10T21:00:00+08:00']), 'orders', view)
  expect(points.map(({ full, notes: told }) => [full.slice(-10), told])).toEqual([
    ['20:00 · #1', undefined],
    ['21:00 · #2', ['20:30 x']],
  ])
})
