import { expect, test } from 'vitest'
import { daysOf, type Preset } from '#lib/period/period.ts'
import { pacePeriod } from './pace-period.ts'

const today = '2026-11-25'
const november = { from: '2026-11-01', to: '2026-12-01' }
const year = { from: '2026-01-01', to: '2027-01-01' }
const of = (preset: Preset, targets = [year, november]) =>
  pacePeriod({ preset, ...daysOf(preset, today) }, { today, targets: targets.map((days) => ({ ...days, value: 1 })) })

test('this month and this year are told of to their end, other periods as they are', () => {
  expect([of('this_month'), of('this_year')]).toEqual([november, year])
  expect(of('yesterday')).toEqual({ from: '2026-11-24', to: '2026-11-25' })
  expect(of('last_month', [])).toEqual({ from: '2026-10-01', to: '2026-11-01' })
  expect(pacePeriod({ preset: 'custom', from: '2020-01-01', to: '2026-01-01' }, { today, targets: [] })).toBeUndefined()
})

test('of the last so many days the shortest target that runs is told of', () => {
  expect(of('last_28_days')).toEqual(november)
  expect(of('last_28_days', [year])).toEqual(year)
  expect(of('last_28_days', [{ from: '2026-10-01', to: '2026-11-01' }])).toBeUndefined()
})

test('a campaign is told of by its instants, or by its days where they have a target', () => {
  const campaign = { id: 'x', name: 'x', type: 'live', starts_at: '2026-11-10T20:00:00+08:00', ends_at: '2026-11-12T00:00:00+08:00' } // biome-ignore format: one campaign
  const period = { preset: 'custom' as const, from: '2026-11-10', to: '2026-11-12', campaign }
  expect(pacePeriod(period, { today, targets: [] })).toEqual({
    from: '2026-11-10T20:00:00+08:00',
    to: '2026-11-12T00:00:00+08:00',
  })
  const days = { from: '2026-11-10', to: '2026-11-12' }
  expect(pacePeriod(period, { today, targets: [{ ...days, value: 5 }] })).toEqual(days)
})
