import type { EChartsCoreOption } from 'echarts/core'
import { axes, smallText } from '../charts/axes.ts'
import type { ChartTheme } from '../charts/chart-theme.ts'
import { tooltipBox } from '../charts/tooltip-box.ts'
import type { DaySeries } from './day-series.ts'

export interface DayWords {
  today: string
  compared: string
  /** The bucket that is still filling. */
  partial: string
  now: string
  tick: (value: number) => string
  exact: (value: number | null) => string
}

/** The numbers as they are drawn. */
export interface DrawnDay extends DaySeries {
  /** Whether anything is known of the compared day. */
  compared: boolean
  /** Whether each number holds all before it. */
  isSum: boolean
}

/** Something that happened today, at a time of its clocks. */
export interface Mark {
  time: string
  title: string
}

/** Something that was wrong today, between two times of its clocks. */
export interface Band {
  from: string
  to: string
  name: string
}

/**
 * Today as far as it has come over the whole compared day, whose rest lies ahead. It is drawn without animation: it is
 * drawn anew whenever something is sold.
 * @param happened marks: what happened at which bucket; bands: what was wrong between two of them
 */
export function dayOption(
  series: DrawnDay,
  words: DayWords,
  theme: ChartTheme,
  { marks = [], bands = [] }: { marks?: readonly Mark[]; bands?: readonly Band[] } = {},
): EChartsCoreOption {
  const { rem } = theme
  const { times, values, before, filling, compared, isSum } = series
  const base = axes({ names: times, tick: words.tick, tooltip: (at) => tooltip(series, words, Math.max(0, at)) }, theme)
  const hours = Math.max(1, Math.round(times.length / 24))
  const line = { type: 'line', symbol: 'none', animation: false }
  const upright = (time: string, label: string, color: string) => ({
    xAxis: time,
    lineStyle: { color, type: 'dotted', width: 0.0625 * rem },
    // As a text it would be a template, in which a {b} that somebody wrote stands for something else.
    label: { ...smallText(theme), color, formatter: () => label, width: 8 * rem, overflow: 'truncate' },
  })
  const nowAt = times[filling]
  // What is still filling would look like a fall; the dotted piece begins at the last whole bucket.
  const solid = values.map((value, at) => (at === filling && !isSum ? null : value))
  const dotted = values.map((value, at) => (!isSum && (at === filling || at === filling - 1) ? value : null))
  return {
    animation: false,
    ...base,
    grid: { ...base.grid, top: 1.75 * rem },
    xAxis: {
      ...base.xAxis,
      boundaryGap: false,
      axisLabel: { ...base.xAxis.axisLabel, interval: (index: number) => index % (hours * 3) === 0 },
    },
    series: [
      {
        ...line,
        name: words.compared,
        data: compared ? before : [],
        lineStyle: { color: theme.comparison, width: 0.09375 * rem, type: [0.3 * rem, 0.25 * rem] },
        z: 1,
      },
      {
        ...line,
        name: words.today,
        data: solid,
        lineStyle: { color: theme.current, width: 0.125 * rem },
        itemStyle: { color: theme.current },
        areaStyle: { color: theme.current, opacity: 0.1 },
        z: 3,
        markArea: {
          silent: true,
          label: { show: false },
          data: bands.map(({ from, to, name }) => [
            { name, xAxis: from, itemStyle: { color: theme.bad, opacity: 0.18 } },
            { xAxis: to },
          ]),
        },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            ...(nowAt === undefined ? [] : [upright(nowAt, words.now, theme.current)]),
            ...marks.map(({ time, title }) => upright(time, title, theme.faint)),
          ],
        },
      },
      {
        ...line,
        name: words.partial,
        data: dotted,
        lineStyle: { color: theme.current, width: 0.125 * rem, type: [0.125 * rem, 0.25 * rem] },
        itemStyle: { color: theme.current },
        z: 2,
      },
    ],
  }
}

function tooltip({ times, values, before, filling, compared }: DrawnDay, words: DayWords, at: number): HTMLElement {
  const time = times[at] ?? ''
  const lines = [{ kind: 'current', label: words.today, text: words.exact(values[at] ?? null) }]
  if (compared) lines.push({ kind: 'comparison', label: words.compared, text: words.exact(before[at] ?? null) })
  return tooltipBox(at === filling ? `${time} · ${words.partial}` : time, lines)
}
