import { expect, test } from 'vitest'
import { addMonths, dayIn, isDay } from './days.ts'
import { daysOf, grainOf, periodOf, presets } from './period.ts'

const today = '2026-03-31'
const address = (query: string) => periodOf(new URLSearchParams(query), today)

test('presets are days of the store, and end with the day after the last', () => {
  expect(Object.fromEntries(presets.map((preset) => [preset, Object.values(daysOf(preset, today)).join(' ')]))).toEqual(
    {
      today: '2026-03-31 2026-04-01',
      yesterday: '2026-03-30 2026-03-31',
      last_7_days: '2026-03-25 2026-04-01',
      last_28_days: '2026-03-04 2026-04-01',
      last_90_days: '2026-01-01 2026-04-01',
      this_month: '2026-03-01 2026-04-01',
      last_month: '2026-02-01 2026-03-01',
      this_year: '2026-01-01 2026-04-01',
      last_12_months: '2025-04-01 2026-04-01',
    },
  )
})

test('an address names a preset or days; what makes no sense is the default', () => {
  expect(address('period=yesterday').from).toBe('2026-03-30')
  expect(address('from=2026-01-05&to=2026-01-08')).toEqual({ preset: 'custom', from: '2026-01-05', to: '2026-01-08' })
  for (const wrong of [
    '',
    'period=never',
    'from=2026-02-30&to=2026-03-01',
    'from=2026-03-02&to=2026-03-02',
    'from=0001-01-01&to=2026-03-02',
    'from=0001-01-01&to=0002-01-01',
    'from=9990-01-01&to=9999-12-31',
  ]) {
    expect(address(wrong).preset).toBe('last_28_days')
  }
})

test('a grain makes neither one point nor a thousand, and an address can name one that fits', () => {
  const none = new URLSearchParams()
  expect(grainOf(none, { from: '2026-03-31', to: '2026-04-01' })).toEqual({ grain: 'hour', choices: ['hour'] })
  const month = { from: '2026-03-04', to: '2026-04-01' }
  expect(grainOf(none, month)).toEqual({ grain: 'day', choices: ['day', 'week'] })
  expect(grainOf(new URLSearchParams('grain=week'), month).grain).toBe('week')
  expect(grainOf(new URLSearchParams('grain=hour'), month).grain).toBe('day')
  const year = { from: '2025-04-01', to: '2026-04-01' }
  expect(grainOf(none, year)).toEqual({ grain: 'week', choices: ['day', 'week', 'month'] })
})

test('a day is the store’s', () => {
  const at = new Date('2026-11-10T16:30:00Z')
  expect([dayIn('Asia/Shanghai', at), dayIn('America/Sao_Paulo', at)]).toEqual(['2026-11-11', '2026-11-10'])
})

test('the day of a shorter month is its last', () => {
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2026-01-31', 13)).toBe('2027-02-28')
  expect([isDay('2026-02-29'), isDay('2028-02-29'), isDay('x'), isDay(null)]).toEqual([false, true, false, false])
})

test('a page may have a period of its own where the address names none', () => {
  const read = (query: string) => periodOf(new URLSearchParams(query), today, 'last_90_days').preset
  expect([read(''), read('period=yesterday'), read('period=never')]).toEqual([
    'last_90_days',
    'yesterday',
    'last_90_days',
  ])
})
