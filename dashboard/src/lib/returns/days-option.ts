import type { EChartsCoreOption } from 'echarts/core'
import { axes, stillGrowing } from '#lib/charts/axes.ts'
import type { ChartTheme } from '#lib/charts/chart-theme.ts'
import type { Happenings } from '#lib/charts/happenings.ts'
import { noteLines } from '#lib/charts/note-lines.ts'
import { tooltipBox } from '#lib/charts/tooltip-box.ts'
import type { DayBucket } from './day-buckets.ts'

interface DaysWords {
  /** Of a bucket: on the axis, and in full with whether it is fresh. */
  name: (bucket: DayBucket, full: boolean) => string
  rate: string
  ratio: string
  tick: (value: number) => string
  /** The rate and the plain ratio with what they are made of. */
  rateOf: (bucket: DayBucket) => string
  ratioOf: (bucket: DayBucket) => string
}

/** Return rates as bars by the day of placement, striped while they grow; over them refunds to orders by the day given, as far as days are over. */
export function daysOption(
  buckets: readonly DayBucket[],
  words: DaysWords,
  theme: ChartTheme,
  notes: Happenings['notes'],
): EChartsCoreOption {
  const { rem } = theme
  const tooltip = (at: number) => {
    const bucket = buckets[at]
    if (!bucket) return ''
    const lines = [
      { kind: 'current', label: words.rate, text: words.rateOf(bucket) },
      { kind: 'second', label: words.ratio, text: words.ratioOf(bucket) },
    ]
    return tooltipBox(words.name(bucket, true), lines, notes.get(at))
  }
  return {
    ...axes(
      { names: buckets.map((bucket) => words.name(bucket, false)), unit: 'ratio', tick: words.tick, tooltip },
      theme,
    ),
    series: [
      {
        type: 'bar',
        name: words.rate,
        barMaxWidth: 2 * rem,
        barCategoryGap: '28%',
        itemStyle: { color: theme.current },
        markLine: noteLines([...notes.keys()], theme),
        data: buckets.map(({ return_rate, matured }) => ({
          value: return_rate,
          ...(!matured && { itemStyle: { decal: stillGrowing(theme) } }),
        })),
      },
      {
        type: 'line',
        name: words.ratio,
        symbol: 'rect',
        symbolSize: 0.375 * rem,
        showSymbol: buckets.length <= 31,
        lineStyle: { color: theme.second, width: 0.125 * rem, type: [0.375 * rem, 0.25 * rem] },
        itemStyle: { color: theme.second },
        data: buckets.map(({ refund_rate, unfinished }) => (unfinished ? null : refund_rate)),
      },
    ],
  }
}
