import type { EChartsCoreOption } from 'echarts/core'
import type { ChartTheme } from '../charts/chart-theme.ts'
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
  const text = { color: theme.faint, fontFamily: theme.font, fontSize: 0.75 * rem }
  const hours = Math.max(1, Math.round(times.length / 24))
  const line = { type: 'line', symbol: 'none', animation: false }
  const upright = (time: string, label: string, color: string) => ({
    xAxis: time,
    lineStyle: { color, type: 'dotted', width: 0.0625 * rem },
    label: { ...text, color, formatter: label, width: 8 * rem, overflow: 'truncate' },
  })
  const nowAt = times[filling]
  // What is still filling would look like a fall; the dotted piece begins at the last whole bucket.
  const solid = values.map((value, at) => (at === filling && !isSum ? null : value))
  const dotted = values.map((value, at) => (!isSum && (at === filling || at === filling - 1) ? value : null))
  return {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: {
      left: 0,
      right: 0.5 * rem,
      top: 1.75 * rem,
      bottom: 0,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: times,
      boundaryGap: false,
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        margin: 0.625 * rem,
        hideOverlap: true,
        interval: (index: number) => index % (hours * 3) === 0,
      },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { ...text, margin: 0.75 * rem, formatter: words.tick },
      splitLine: { lineStyle: { color: theme.line } },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      className: 'chart-tooltip',
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      extraCssText: 'box-shadow: none',
      transitionDuration: 0,
      axisPointer: { type: 'line', lineStyle: { color: theme.faint, type: 'solid', width: 1 } },
      formatter: (shown: { dataIndex: number }[]) => tooltip(series, words, shown[0]?.dataIndex ?? 0),
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
          itemStyle: { color: theme.bad, opacity: 0.14 },
          label: { show: false },
          data: bands.map(({ from, to, name }) => [{ name, xAxis: from }, { xAxis: to }]),
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

/** Built of elements, not of markup: no text of a store can become part of the page, and no inline style is needed. */
function tooltip(
  { times, values, before, filling, compared }: Parameters<typeof dayOption>[0],
  words: DayWords,
  at: number,
) {
  const box = made('div', 'chart-tooltip-box')
  const time = times[at] ?? ''
  box.append(made('strong', '', at === filling ? `${time} · ${words.partial}` : time))
  const row = (kind: string, label: string, value: number | null) => {
    const line = made('p', '')
    line.append(made('i', kind), made('span', '', label), made('b', '', words.exact(value)))
    box.append(line)
  }
  row('current', words.today, values[at] ?? null)
  if (compared) row('comparison', words.compared, before[at] ?? null)
  return box
}

function made(tag: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.textContent = text
  return element
}
