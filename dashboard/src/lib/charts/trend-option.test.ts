import { expect, test } from 'vitest'
import { type TrendPoint, trendOption } from './trend-option.ts'

const theme = {
  text: '#111',
  faint: '#666',
  line: '#eee',
  surface: '#fff',
  current: '#06a',
  second: '#c62',
  third: '#086',
  comparison: '#888',
  bad: '#ad3f0d',
  font: 'x',
  rem: 16,
  width: 1000,
}
const words = { current: 'now', comparison: 'then', partial: 'not over', tick: String, exact: String }
const point = (short: string, value: number | null, before: number | null, partial = false): TrendPoint => ({
  short,
  full: short,
  value,
  before,
  partial,
})

const lines = (points: TrendPoint[]) =>
  (trendOption(points, words, theme).series as { name: string; data: unknown[] }[]).map(({ name, data }) => [
    name,
    data,
  ])

test('a whole period is one line before its comparison', () => {
  expect(lines([point('1', 5, 3), point('2', 6, 4)])).toEqual([
    ['then', [3, 4]],
    ['now', [5, 6]],
    ['not over', [null, null]],
  ])
})

test('the bucket that still fills hangs on a dotted line, and what is to come has none', () => {
  expect(lines([point('1', 5, 3), point('2', 6, 4, true), point('3', null, 9)])).toEqual([
    ['then', [3, 4, 9]],
    ['now', [5, null, null]],
    ['not over', [5, 6, null]],
  ])
})

test('a period of one point shows the point', () => {
  const { series } = trendOption([point('1', 5, null)], words, theme) as { series: { showSymbol: boolean }[] }
  expect(series.map(({ showSymbol }) => showSymbol)).toEqual([true, true, true])
})

test('sizes grow with the type, so that a wall can be read', () => {
  const axis = (rem: number) => trendOption([], words, { ...theme, rem }).xAxis as { axisLabel: { fontSize: number } }
  expect([axis(16).axisLabel.fontSize, axis(30).axisLabel.fontSize]).toEqual([12, 22.5])
})

test('what happened is a line at its bucket, a campaign a band with its name, cut short when long', () => {
  const points = [point('1', 5, null), { ...point('2', 6, null), notes: ['20:00 x'] }]
  const bands = [
    { from: 0, to: 1, name: '双11' },
    { from: 0, to: 1, name: '黑五' },
  ]
  const { series } = trendOption(points, words, theme, bands) as {
    series: {
      markLine?: { data: unknown }
      markArea?: { data: unknown; label: { formatter: (at: object) => string } }
    }[]
  }
  expect(series[1]?.markLine?.data).toEqual([{ xAxis: 1 }])
  // The second has no room for its name.
  expect(series[1]?.markArea?.data).toEqual([
    [{ name: '双11', xAxis: 0, label: { position: 'insideTop' } }, { xAxis: 1 }],
    [{ name: '黑五', xAxis: 0, label: { show: false } }, { xAxis: 1 }],
  ])
  expect(series[1]?.markArea?.label.formatter({ name: '一二三四五六七八九十一二三四五六七八九' })).toBe(
    '一二三四五六七八九十一二三四五六七八…',
  )
})

test('a name needs more of a narrow chart than of a wide one', () => {
  const points = Array.from({ length: 11 }, (_, at) => point(String(at), 1, null))
  const bands = [
    { from: 2, to: 4, name: '预售预售' },
    { from: 5, to: 7, name: '正式开场' },
  ]
  const shown = (width: number) => {
    const { series } = trendOption(points, words, { ...theme, width }, bands) as {
      series: { markArea?: { data: { label: { show?: boolean } }[][] } }[]
    }
    return series[1]?.markArea?.data.map(([band]) => band?.label.show !== false)
  }
  // Four letters of 11 pixels: 0.044 of 1000, 0.29 of 150; the middles lie 0.3 apart, with a letter between.
  expect([shown(1000), shown(150)]).toEqual([
    [true, true],
    [true, false],
  ])
})

test('an incident is drawn in the colour of what is wrong', () => {
  const points = [point('1', 5, null), point('2', 6, null)]
  const bands = [{ from: 0, to: 1, name: '支付金额', kind: 'incident' as const }]
  const { series } = trendOption(points, words, theme, bands) as {
    series: { markArea?: { data: { itemStyle?: { color: string } }[][] } }[]
  }
  expect(series[1]?.markArea?.data[0]?.[0]?.itemStyle?.color).toBe(theme.bad)
})
