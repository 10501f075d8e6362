import type { EChartsCoreOption } from 'echarts/core'
import { axes } from './axes.ts'
import type { ChartTheme } from './chart-theme.ts'
import { noteLines } from './note-lines.ts'
import type { TimeBand } from './time-marks.ts'
import { tooltipBox } from './tooltip-box.ts'

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
  const at = (place: number) => {
    const point = points[place]
    return point ? tooltip(point, words) : ''
  }
  const base = axes({ names: points.map(({ short }) => short), tick: words.tick, tooltip: at }, theme)
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
    ...base,
    xAxis: {
      ...base.xAxis,
      boundaryGap: points.length === 1,
      axisLabel: { ...base.xAxis.axisLabel, alignMinLabel: 'left', alignMaxLabel: 'right' },
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
        markLine: noteLines(
          points.flatMap(({ notes }, at) => (notes ? [at] : [])),
          theme,
        ),
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

/** How large the name of a band is written, in rem, and how long it may be, in ems of that. */
const nameSize = 0.6875
const longestName = 18

/** The width of a letter in ems, about: a Chinese one is as wide as it is high. */
const emsOf = (text: string) => [...text].reduce((ems, letter) => ems + (letter > '\u2e7f' ? 1 : 0.6), 0)

/** A name cut off where it gets too long. */
function shortName(name: string): string {
  let short = ''
  for (const letter of name) {
    if (emsOf(short + letter) > longestName) return `${short}…`
    short += letter
  }
  return name
}

/** Which bands have room for their name, and on which side it lies so that the chart's edge does not cut it. */
function namesOf(bands: readonly TimeBand[], points: number, { rem, width }: ChartTheme) {
  const em = (nameSize * rem) / Math.max(1, width)
  let free = Number.NEGATIVE_INFINITY
  const placed = bands
    .toSorted((a, b) => a.from - b.from)
    .map((band): [TimeBand, string | undefined] => {
      const [from, to] = [band.from, band.to].map((at) => at / Math.max(1, points - 1)) as [number, number]
      const size = emsOf(shortName(band.name)) * em
      const middle = (from + to) / 2
      const side = middle < size / 2 ? 'insideTopLeft' : middle > 1 - size / 2 ? 'insideTopRight' : 'insideTop'
      const start = { insideTopLeft: from, insideTopRight: to - size, insideTop: middle - size / 2 }[side]
      if (start < free) return [band, undefined]
      free = start + size + em
      return [band, side]
    })
  return new Map(placed)
}

/** A faint ground with its name on top. */
const markArea = (bands: readonly TimeBand[], points: number, theme: ChartTheme) => ({
  silent: true,
  animation: false,
  itemStyle: { color: theme.comparison, opacity: 0.12 },
  label: {
    color: theme.faint,
    // The lines of moments run under it, not through it.
    backgroundColor: theme.surface,
    padding: [0.0625 * theme.rem, 0.1875 * theme.rem],
    borderRadius: 0.125 * theme.rem,
    fontFamily: theme.font,
    fontSize: nameSize * theme.rem,
    formatter: ({ name }: { name: string }) => shortName(name),
  },
  data: [...namesOf(bands, points, theme)].map(([{ from, to, name, kind }, position]) => [
    {
      ...{ name, xAxis: from, label: position ? { position } : { show: false } },
      ...(kind === 'incident' && { itemStyle: { color: theme.bad, opacity: 0.14 } }),
    },
    { xAxis: to },
  ]),
})

function tooltip(point: TrendPoint, words: TrendWords): HTMLElement {
  const lines = [{ kind: 'current', label: words.current, text: words.exact(point.value) }]
  if (point.before !== undefined)
    lines.push({ kind: 'comparison', label: words.comparison, text: words.exact(point.before) })
  return tooltipBox(point.partial ? `${point.full} · ${words.partial}` : point.full, lines, point.notes)
}
