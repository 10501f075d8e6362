import { expect, test } from 'vitest'
import { byUrgency, gapOf } from './how-much.ts'

test('a gap is a share of what was expected, and nothing where nothing was', () => {
  expect(gapOf({ expected: 200, actual: 120 })).toBe(-0.4)
  expect(gapOf({ expected: 0.02, actual: 0.03 })).toBeCloseTo(0.5)
  expect(gapOf({ expected: 0, actual: 12 })).toBeNull()
  expect(gapOf({ expected: null, actual: 12 })).toBeNull()
  expect(gapOf({ expected: 12, actual: null })).toBeNull()
})

test('what is critical comes first, then what costs most an hour, then what is newest', () => {
  const one = (severity: string, per_hour: number | null, began_at: string) => ({
    ...{ severity, began_at: `2026-11-${began_at}T00:00:00Z` },
    loss: per_hour === null ? null : { per_hour },
  })
  const [info, cheap, dear, old, fresh] = [
    one('info', 9000, '11'),
    one('critical', 10, '11'),
    one('critical', 500, '10'),
    one('warning', null, '10'),
    one('warning', null, '11'),
  ]
  expect([info, cheap, old, dear, fresh].sort(byUrgency)).toEqual([dear, cheap, fresh, old, info])
})
