import { expect, test } from 'vitest'
import { repurchaseMonths } from './repurchase-months.ts'
import { repurchaseMonthsOption } from './repurchase-months-option.ts'

const row = (cohort: string, window_days: number, rate: number | null, eligible: number, open: number) => ({
  ...{ cohort, window_days, eligible, rate, open },
  repurchased: 0,
  open_repurchased: 0,
})
const meta = { time_zone: 'UTC', from: '', to: '', as_of: '', customers: 0 }
const months = repurchaseMonths({
  results: [row('2026-09', 30, 0.2, 10, 0), row('2026-09', 60, 0.3, 4, 6), row('2026-10', 30, null, 0, 7), row('2026-10', 60, null, 0, 7)],
  meta,
}) // biome-ignore format: rows

test('months have a rate for each window, and none where nobody’s window is over', () => {
  expect(months.map(({ month, rates }) => [month, ...rates.map(({ rate }) => rate)])).toEqual([
    ['2026-09', 0.2, 0.3],
    ['2026-10', null, null],
  ])
})

test('a rate that still moves is hollow', () => {
  const words = { month: String, window: String, tick: String, exact: () => '' }
  const theme = {
    text: '',
    faint: '',
    line: '',
    surface: '',
    current: 'a',
    second: 'b',
    third: 'c',
    comparison: '',
    bad: '#ad3f0d',
    font: '',
    rem: 16,
    width: 1000,
  }
  const { series } = repurchaseMonthsOption(months, words, theme) as {
    series: { data: { itemStyle?: { borderColor: string } }[] }[]
  }
  expect(series.map(({ data }) => data.map(({ itemStyle }) => itemStyle?.borderColor))).toEqual([
    [undefined, 'a'],
    ['b', 'b'],
  ])
})
