import type { ECharts, EChartsCoreOption } from 'echarts/core'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import { type ChartTheme, readChartTheme } from './chart-theme.ts'

const dark = new MediaQuery('prefers-color-scheme: dark')
const still = new MediaQuery('prefers-reduced-motion: reduce')

/**
 * Draws a chart into an element and keeps it drawn: when its option, the theme or the element's size changes. ECharts
 * comes in a chunk of its own, only where there is a chart.
 * @example <div {@attach echart((theme) => lineOption(points, theme))}></div>
 */
export const echart =
  (option: (theme: ChartTheme) => EChartsCoreOption): Attachment<HTMLElement> =>
  (element) => {
    let chart = $state.raw<ECharts>()
    let redraws = $state(0)
    let gone = false

    void import('./echarts.ts').then(({ init }) => {
      if (!gone) chart = init(element, null, { renderer: 'canvas' })
    })
    const resized = new ResizeObserver(() => chart?.resize())
    resized.observe(element)
    const themed = new MutationObserver(() => redraws++)
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })

    $effect(() => {
      void [redraws, dark.current]
      chart?.setOption({ animation: !still.current, ...option(readChartTheme(element)) }, { notMerge: true })
    })

    return () => {
      gone = true
      resized.disconnect()
      themed.disconnect()
      chart?.dispose()
    }
  }
