import type { EChartsCoreOption } from 'echarts/core'
import { axes, stillGrowing } from '#lib/charts/axes.ts'
import type { ChartTheme } from '#lib/charts/chart-theme.ts'
import { noteLines } from '#lib/charts/note-lines.ts'
import { tooltipBox } from '#lib/charts/tooltip-box.ts'

/** New and returning buyers of a day, week or month; null is still to come. */
export interface BuyersPoint {
  short: string
  full: string
  fresh: number | null
  returning: number | null
  /** The bucket is still filling. */
  partial: boolean
  /** What happened in it. */
  notes?: readonly string[] | undefined
}

interface BuyersWords {
  fresh: string
  returning: string
  tick: (value: number) => string
  exact: (value: number | null) => string
}

/** New buyers below, returning ones on top of them; what is still filling is striped. */
export function buyersOption(points: readonly BuyersPoint[], words: BuyersWords, theme: ChartTheme): EChartsCoreOption {
  const tooltip = (at: number) => {
    const point = points[at]
    if (!point) return ''
    const lines = [
      { kind: 'second', label: words.returning, text: words.exact(point.returning) },
      { kind: 'current', label: words.fresh, text: words.exact(point.fresh) },
    ]
    return tooltipBox(point.full, lines, point.notes)
  }
  const noted = points.flatMap(({ notes }, at) => (notes ? [at] : []))
  const bars = (name: string, color: string, numberOf: (point: BuyersPoint) => number | null) => ({
    type: 'bar',
    name,
    stack: 'buyers',
    barMaxWidth: 2 * theme.rem,
    barCategoryGap: '28%',
    itemStyle: { color },
    data: points.map((point) => ({
      value: numberOf(point),
      ...(point.partial && { itemStyle: { decal: stillGrowing(theme) } }),
    })),
  })
  return {
    ...axes({ names: points.map(({ short }) => short), unit: 'count', tick: words.tick, tooltip }, theme),
    series: [
      { ...bars(words.fresh, theme.current, ({ fresh }) => fresh), markLine: noteLines(noted, theme) },
      bars(words.returning, theme.second, ({ returning }) => returning),
    ],
  }
}
