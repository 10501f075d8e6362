import type { EChartsCoreOption } from 'echarts/core'
import { axes } from '#lib/charts/axes.ts'
import type { ChartTheme } from '#lib/charts/chart-theme.ts'
import type { TimeBand } from '#lib/charts/time-marks.ts'
import { tooltipBox } from '#lib/charts/tooltip-box.ts'

/** A bucket of the series around an incident. */
export interface IncidentPoint {
  /** On the axis, and in the tooltip. */
  short: string
  full: string
  actual: number | null
  expected: number | null
  lower: number | null
  upper: number | null
  notes?: readonly string[] | undefined
}

export interface IncidentWords {
  actual: string
  expected: string
  range: string
  tick: (value: number) => string
  exact: (value: number | null) => string
}

/** Longer series are drawn at once. */
const mostAnimated = 100

/** What came as a line, what was expected dashed with its range as a ground, the incident as a band of its own colour. */
export function incidentOption(
  points: readonly IncidentPoint[],
  words: IncidentWords,
  theme: ChartTheme,
  { band, unit, others }: { band: TimeBand | undefined; unit: 'count' | 'ratio'; others: readonly TimeBand[] },
): EChartsCoreOption {
  const { rem } = theme
  const line = { type: 'line', symbol: 'none' }
  const hidden = { ...line, lineStyle: { opacity: 0 }, stack: 'range', silent: true, tooltip: { show: false } }
  const area = ({ from, to, name }: TimeBand, color: string, opacity: number) => [
    { name, xAxis: from, itemStyle: { color, opacity } },
    { xAxis: to },
  ]
  return {
    ...axes(
      {
        names: points.map(({ short }) => short),
        unit,
        tick: words.tick,
        tooltip: (at) => tooltip(points[at], words),
      },
      theme,
    ),
    ...(points.length > mostAnimated && { animation: false }),
    series: [
      // Two lines that nobody sees: the ground between them is the range.
      { ...hidden, data: points.map(({ lower }) => lower) },
      {
        ...hidden,
        data: points.map(({ lower, upper }) => (lower === null || upper === null ? null : upper - lower)),
        areaStyle: { color: theme.comparison, opacity: 0.22 },
      },
      {
        ...line,
        name: words.expected,
        data: points.map(({ expected }) => expected),
        lineStyle: { color: theme.comparison, width: 0.09375 * rem, type: [0.3 * rem, 0.25 * rem] },
        z: 2,
      },
      {
        ...line,
        name: words.actual,
        data: points.map(({ actual }) => actual),
        lineStyle: { color: theme.current, width: 0.125 * rem },
        itemStyle: { color: theme.current },
        z: 3,
        markArea: {
          silent: true,
          animation: false,
          label: {
            show: true,
            position: 'insideTop',
            color: theme.faint,
            fontFamily: theme.font,
            fontSize: 0.6875 * rem,
          },
          data: [
            ...others.map((other) => area(other, theme.comparison, 0.12)),
            ...(band ? [area(band, theme.bad, 0.12)] : []),
          ],
        },
        markLine: {
          silent: true,
          animation: false,
          symbol: ['none', 'circle'],
          symbolSize: 0.3125 * rem,
          label: { show: false },
          lineStyle: { color: theme.faint, width: 1, type: [1, 0.1875 * rem], opacity: 0.8 },
          data: points.flatMap(({ notes }, xAxis) => (notes ? [{ xAxis }] : [])),
        },
      },
    ],
  }
}

function tooltip(point: IncidentPoint | undefined, { actual, expected, range, exact }: IncidentWords) {
  if (!point) return ''
  const box = tooltipBox(point.full, [
    { kind: 'current', label: actual, text: exact(point.actual) },
    ...(point.expected === null ? [] : [{ kind: 'comparison', label: expected, text: exact(point.expected) }]),
    ...(point.lower === null || point.upper === null
      ? []
      : [{ kind: 'none', label: range, text: `${exact(point.lower)} – ${exact(point.upper)}` }]),
  ])
  for (const note of point.notes ?? []) {
    const said = document.createElement('em')
    said.textContent = note
    box.append(said)
  }
  return box
}
