import { expect, test } from 'vitest'
import type { Comparison } from '#lib/period/comparison.ts'
import { boundsOf, comparedRange } from './compared-range.ts'

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

const campaign = {
  ...{ id: 'c', name: '双11', type: 'promotion' },
  ...{ starts_at: '2026-11-10T20:00:00+08:00', ends_at: '2026-11-12T00:00:00+08:00' },
}
const days = { preset: 'custom', from: '2026-11-10', to: '2026-11-12' } as const

test('a campaign is told from instant to instant, days from day to day', () => {
  expect(boundsOf({ ...days, campaign })).toEqual({ from: campaign.starts_at, to: campaign.ends_at })
  expect(boundsOf(days)).toEqual({ from: '2026-11-10', to: '2026-11-12' })
})

test('a campaign stands beside as long a stretch before it, or from the start of another', () => {
  const asked = {
    ...{ now: new Date('2026-11-20T00:00:00Z'), comparison: 'previous_period' as const },
    period: { ...days, campaign },
  }
  const of = (more: object) => comparedRange(store as Parameters<typeof comparedRange>[0], { ...asked, ...more })
  expect(of({})).toEqual({ compared: { from: '2026-11-09T16:00:00+08:00', to: '2026-11-10T20:00:00+08:00' } })
  const against = { ...campaign, starts_at: '2025-11-11T00:00:00+08:00', ends_at: '2025-11-12T00:00:00+08:00' }
  expect(of({ against })).toEqual({
    compared: { from: '2025-11-11T00:00:00+08:00', to: '2025-11-12T04:00:00+08:00' },
  })
})
