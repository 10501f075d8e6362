import type { EChartsCoreOption } from 'echarts/core'
import { axes } from '#lib/charts/axes.ts'
import type { ChartTheme } from '#lib/charts/chart-theme.ts'
import { tooltipBox } from '#lib/charts/tooltip-box.ts'
import type { RepurchaseMonth } from './repurchase-months.ts'

interface MonthsWords {
  month: (month: string, full: boolean) => string
  window: (days: number) => string
  tick: (value: number) => string
  /** A rate, with how many customers it is of. */
  exact: (rate: RepurchaseMonth['rates'][number]) => string
}

const marks = ['circle', 'rect', 'triangle'] as const
const kinds = ['current', 'second', 'third'] as const

/** A line a window over months of first orders, each with dashes and marks of its own; hollow where it still moves. */
export function repurchaseMonthsOption(
  months: readonly RepurchaseMonth[],
  words: MonthsWords,
  theme: ChartTheme,
): EChartsCoreOption {
  const { rem } = theme
  const dashes = ['solid', [0.375 * rem, 0.25 * rem], [0.125 * rem, 0.1875 * rem]]
  const tooltip = (at: number) => {
    const found = months[at]
    if (!found) return ''
    const lines = found.rates.map((rate, place) => ({
      kind: kinds[place] ?? 'none',
      label: words.window(rate.days),
      text: words.exact(rate),
    }))
    return tooltipBox(words.month(found.month, true), lines)
  }
  return {
    ...axes(
      { names: months.map(({ month }) => words.month(month, false)), unit: 'ratio', tick: words.tick, tooltip },
      theme,
    ),
    series: (months[0]?.rates ?? []).map(({ days }, place) => {
      const color = [theme.current, theme.second, theme.third][place] ?? theme.text
      const hollow = { color: theme.surface, borderColor: color, borderWidth: 0.125 * rem }
      return {
        type: 'line',
        name: words.window(days),
        symbol: marks[place] ?? 'circle',
        symbolSize: 0.5 * rem,
        lineStyle: { color, width: 0.125 * rem, type: dashes[place] ?? 'solid' },
        itemStyle: { color },
        data: months.map(({ rates }) => {
          const { rate = null, open = 0 } = rates[place] ?? {}
          return { value: rate, ...(open > 0 && { itemStyle: hollow }) }
        }),
      }
    }),
  }
}
