import { expect, test } from 'vitest'
import { timelineOf } from './timeline.ts'

test('what is planned lies on a line of whole months', () => {
  const spans = [
    { id: 'double 11', starts_at: '2026-11-01T00:00:00Z', ends_at: '2026-11-16T00:00:00Z' },
    { id: 'an hour', starts_at: '2026-12-31T00:00:00Z', ends_at: '2026-12-31T01:00:00Z' },
  ]
  // November and December have 61 days: 15 of them are 24.59 %, the 60th begins at 98.36 %.
  expect(timelineOf(spans, '2026-11-20', new Date('2026-11-16T00:00:00Z'))).toEqual({
    months: [
      { month: '2026-11-01', start: 0 },
      { month: '2026-12-01', start: 49.18 },
    ],
    bars: [
      { id: 'double 11', start: 0, length: 24.59 },
      { id: 'an hour', start: 98.36, length: 0.6 },
    ],
    now: 24.59,
  })
})

test('the month of today is on the line though nothing is planned in it', () => {
  expect(timelineOf([], '2026-02-10', new Date('2026-02-15T00:00:00Z'))).toEqual({
    months: [{ month: '2026-02-01', start: 0 }],
    bars: [],
    now: 50,
  })
})
