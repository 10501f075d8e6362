import { expect, test } from 'vitest'
import type { Comparison } from '#lib/period/comparison.ts'
import { comparedRange } from './compared-range.ts'

const store = { store_id: 's', name: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const range = (comparison: Comparison, now: string) =>
  comparedRange(store as Parameters<typeof comparedRange>[0], {
    ...{ now: new Date(now), comparison },
    period: { preset: 'custom', from: '2026-11-10', to: '2026-11-13' },
  })

test('a period that is over stands beside as many whole days before it', () => {
  expect(range('previous_period', '2026-11-20T00:00:00Z')).toEqual({
    compared: { from: '2026-11-07T00:00:00+08:00', to: '2026-11-10T00:00:00+08:00' },
  })
  expect(range('none', '2026-11-20T00:00:00Z')).toEqual({})
})

test('a period that goes on stands beside as long a stretch', () => {
  expect(range('last_year', '2026-11-12T02:30:10Z')).toEqual({
    compared: { from: '2025-11-10T00:00:00+08:00', to: '2025-11-12T10:30:00+08:00' },
    until: '2026-11-12T10:30:00+08:00',
  })
  expect(range('none', '2026-11-12T02:30:10Z')).toEqual({ until: '2026-11-12T10:30:00+08:00' })
})
