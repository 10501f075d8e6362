import type { ChartTheme } from './chart-theme.ts'

/** A thin line with a dot on top at each place where something happened. */
export const noteLines = (places: readonly number[], { faint, rem }: ChartTheme) => ({
  silent: true,
  animation: false,
  symbol: ['none', 'circle'],
  symbolSize: 0.3125 * rem,
  label: { show: false },
  lineStyle: { color: faint, width: 1, type: [1, 0.1875 * rem], opacity: 0.8 },
  data: places.map((xAxis) => ({ xAxis })),
})
