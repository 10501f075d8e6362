import { expect, test } from 'vitest'
import { type DrawnDay, dayOption } from './day-option.ts'

const theme = {
  text: '#000',
  faint: '#777',
  line: '#eee',
  surface: '#fff',
  current: '#00f',
  comparison: '#888',
  bad: '#ad3f0d',
  second: '#c62',
  third: '#086',
  font: 'sans',
  rem: 16,
  width: 1000,
}
const words = { today: 'Today', compared: 'Yesterday', partial: 'not over', now: 'now', tick: String, exact: String }
const day: DrawnDay = {
  times: ['09:00', '09:05', '09:10', '09:15'],
  values: [4, 6, 1, null],
  before: [3, 5, 7, 9],
  filling: 2,
  compared: true,
  isSum: false,
}
interface Drawn {
  series: {
    name: string
    data: unknown[]
    markLine?: { data: { xAxis: string; label: { formatter: () => string } }[] }
  }[]
}
const drawn = (series: DrawnDay, marks = [{ time: '09:05', title: 'Price {b}' }]) =>
  (dayOption(series, words, theme, { marks }) as unknown as Drawn).series

test('what is still filling is dotted, and the rest of the compared day lies ahead', () => {
  expect(drawn(day).map(({ name, data }) => [name, data])).toEqual([
    ['Yesterday', [3, 5, 7, 9]],
    ['Today', [4, 6, null, null]],
    ['not over', [null, 6, 1, null]],
  ])
})

test('a sum reaches to now, and a day that nothing is known of is not drawn', () => {
  expect(drawn({ ...day, isSum: true, compared: false }).map(({ data }) => data)).toEqual([
    [],
    [4, 6, 1, null],
    [null, null, null, null],
  ])
})

test('now and what happened stand upright in the chart', () => {
  expect(drawn(day)[1]?.markLine?.data.map(({ xAxis, label }) => [xAxis, label.formatter()])).toEqual([
    ['09:10', 'now'],
    ['09:05', 'Price {b}'],
  ])
  expect(drawn({ ...day, filling: -1 }, [])[1]?.markLine?.data).toEqual([])
})

test('what was wrong today is a band between its two buckets', () => {
  const { series: all } = dayOption(day, words, theme, {
    bands: [{ from: '09:05', to: '09:10', name: '支付金额' }],
  }) as unknown as { series: { markArea?: { data: { xAxis: string; itemStyle?: { color: string } }[][] } }[] }
  const [[from, to] = []] = all[1]?.markArea?.data ?? []
  expect([from?.xAxis, to?.xAxis, from?.itemStyle?.color]).toEqual(['09:05', '09:10', theme.bad])
})
