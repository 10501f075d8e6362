import type { EChartsCoreOption } from 'echarts/core'
import type { ChartTheme } from './chart-theme.ts'
import type { TimeBand } from './time-marks.ts'

/** One bucket of time with its number and, beside it, the compared one. */
export interface TrendPoint {
  /** On the axis. */
  short: string
  /** In the tooltip. */
  full: string
  value: number | null
  before: number | null | undefined
  /** The bucket is still filling: the line to it is dotted. */
  partial: boolean
  /** What happened in it: marked in the chart, told in the tooltip and the table. */
  notes?: readonly string[] | undefined
}

export interface TrendWords {
  current: string
  comparison: string
  partial: string
  /** As the axis and the tooltip write a value. */
  tick: (value: number) => string
  exact: (value: number | null) => string
}

/** Lines of more points are drawn at once. */
const mostAnimated = 100

/** A metric over time: a full line with a faint ground, the comparison dashed behind it, few lines and no frame. */
export function trendOption(
  points: readonly TrendPoint[],
  words: TrendWords,
  theme: ChartTheme,
  bands: readonly TimeBand[] = [],
): EChartsCoreOption {
  const { rem } = theme
  const text = { color: theme.faint, fontFamily: theme.font, fontSize: 0.75 * rem }
  const partialAt = points.findIndex(({ partial }) => partial)
  const solid = points.map(({ value, partial }) => (partial ? null : value))
  // The dotted piece begins at the last whole bucket, so that the line does not break.
  const dotted = points.map(({ value }, at) =>
    partialAt >= 0 && (at === partialAt || at === partialAt - 1) ? value : null,
  )
  const compared = points.map(({ before }) => before ?? null)
  const line = { type: 'line', symbol: 'circle', symbolSize: 0.4375 * rem, showSymbol: points.length === 1 }
  const width = 0.125 * rem
  return {
    ...(points.length > mostAnimated && { animation: false }),
    textStyle: { fontFamily: theme.font },
    grid: {
      left: 0,
      right: 0.5 * rem,
      top: 0.75 * rem,
      bottom: 0,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: points.map(({ short }) => short),
      boundaryGap: points.length === 1,
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
      axisLabel: { ...text, margin: 0.625 * rem, hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
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
      formatter: (shown: { dataIndex: number }[]) => {
        const point = points[shown[0]?.dataIndex ?? -1]
        return point ? tooltip(point, words) : ''
      },
    },
    series: [
      {
        ...line,
        name: words.comparison,
        data: compared,
        symbol: 'none',
        lineStyle: { color: theme.comparison, width: 0.09375 * rem, type: [0.3 * rem, 0.25 * rem] },
        itemStyle: { color: theme.comparison },
        z: 1,
      },
      {
        ...line,
        name: words.current,
        data: solid,
        lineStyle: { color: theme.current, width },
        itemStyle: { color: theme.current },
        areaStyle: { color: theme.current, opacity: 0.08 },
        markLine: markLine(points, theme),
        markArea: markArea(bands, points.length, theme),
        z: 3,
      },
      {
        ...line,
        name: words.partial,
        data: dotted,
        lineStyle: { color: theme.current, width, type: [0.125 * rem, 0.25 * rem] },
        itemStyle: { color: theme.current },
        z: 2,
      },
    ],
  }
}

/** A thin line with a dot on top where something happened. */
const markLine = (points: readonly TrendPoint[], { faint, rem }: ChartTheme) => ({
  silent: true,
  animation: false,
  symbol: ['none', 'circle'],
  symbolSize: 0.3125 * rem,
  label: { show: false },
  lineStyle: { color: faint, width: 1, type: [1, 0.1875 * rem], opacity: 0.8 },
  data: points.flatMap(({ notes }, xAxis) => (notes ? [{ xAxis }] : [])),
})

const longestName = 14
/** The share of the axis that a letter of a name takes, about. */
const letterWidth = 0.011
const widthOf = (name: string) => Math.min(longestName, name.length) * letterWidth

/** Which bands have room for their name, and on which side it lies so that the chart's edge does not cut it. */
function namesOf(bands: readonly TimeBand[], points: number) {
  let free = Number.NEGATIVE_INFINITY
  const placed = bands
    .toSorted((a, b) => a.from - b.from)
    .map((band): [TimeBand, string | undefined] => {
      const middle = (band.from + band.to) / 2 / Math.max(1, points - 1)
      const half = widthOf(band.name) / 2
      if (middle - half < free) return [band, undefined]
      free = middle + half
      const side = middle < half ? 'insideTopLeft' : middle > 1 - half ? 'insideTopRight' : 'insideTop'
      return [band, side]
    })
  return new Map(placed)
}

/** A faint ground with its name on top. */
const markArea = (bands: readonly TimeBand[], points: number, { bad, comparison, faint, font, rem }: ChartTheme) => ({
  silent: true,
  animation: false,
  itemStyle: { color: comparison, opacity: 0.12 },
  label: {
    color: faint,
    fontFamily: font,
    fontSize: 0.6875 * rem,
    formatter: ({ name }: { name: string }) =>
      name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name,
  },
  data: [...namesOf(bands, points)].map(([{ from, to, name, kind }, position]) => [
    {
      ...{ name, xAxis: from, label: position ? { position } : { show: false } },
      ...(kind === 'incident' && { itemStyle: { color: bad, opacity: 0.14 } }),
    },
    { xAxis: to },
  ]),
})

/** Built of elements, not of markup: no text of a store can become part of the page, and no inline style is needed. */
function tooltip(point: TrendPoint, words: TrendWords): HTMLElement {
  const box = element('div', 'chart-tooltip-box')
  box.append(element('strong', '', point.partial ? `${point.full} · ${words.partial}` : point.full))
  const row = (kind: string, label: string, value: number | null) => {
    const line = element('p', '')
    line.append(element('i', kind), element('span', '', label), element('b', '', words.exact(value)))
    box.append(line)
  }
  row('current', words.current, point.value)
  if (point.before !== undefined) row('comparison', words.comparison, point.before)
  for (const note of point.notes ?? []) box.append(element('em', '', note))
  return box
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.textContent = text
  return made
}
