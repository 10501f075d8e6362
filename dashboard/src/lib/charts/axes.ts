import type { ChartTheme } from './chart-theme.ts'

interface AxesWords {
  names: string[]
  /** Where the numbers begin and end; as they lie unless told. */
  unit?: 'count' | 'ratio'
  tick: (value: number) => string
  /** What floats beside the pointer at the place of an index. */
  tooltip: (at: number) => HTMLElement | string
}

/** Counts have no ticks between them; a rate of nothing but zeros, or up to all, ends where it should. */
const ends = {
  count: { min: 0, minInterval: 1 },
  ratio: { min: 0, max: ({ max }: { max: number }) => (max <= 0 || Number.isNaN(max) ? 0.1 : max === 1 ? 1 : null) },
} as const

/** Small words beside a chart. */
export const smallText = ({ faint, font, rem }: ChartTheme) => ({
  color: faint,
  fontFamily: font,
  fontSize: 0.75 * rem,
})

/** What every chart over named places has: faint lines, sizes that grow with the type, a tooltip for the whole place. */
export function axes({ names, unit, tick, tooltip }: AxesWords, theme: ChartTheme) {
  const { rem } = theme
  const text = smallText(theme)
  return {
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
      data: names,
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
      axisLabel: { ...text, margin: 0.625 * rem, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      ...(unit && ends[unit]),
      splitNumber: 4,
      axisLabel: { ...text, margin: 0.75 * rem, formatter: tick },
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
      formatter: (shown: { dataIndex: number }[]) => tooltip(shown[0]?.dataIndex ?? -1),
    },
  }
}

/** Stripes over a bar whose number still grows. */
export const stillGrowing = (theme: ChartTheme) => ({
  color: theme.surface,
  symbol: 'rect',
  symbolSize: 1,
  dashArrayX: [1, 0],
  dashArrayY: [0.125 * theme.rem, 0.25 * theme.rem],
  rotation: -Math.PI / 4,
})
