import type { ECharts, EChartsCoreOption } from 'echarts/core'
import type { Attachment } from 'svelte/attachments'
import { MediaQuery } from 'svelte/reactivity'
import { inTurn } from '../in-turn.ts'
import { type ChartTheme, readChartTheme } from './chart-theme.ts'

const dark = new MediaQuery('prefers-color-scheme: dark')
const still = new MediaQuery('prefers-reduced-motion: reduce')

/** Charts are drawn after the numbers of a page, those that are seen first. */
const ranks = { seen: Number.MAX_SAFE_INTEGER - 1, unseen: Number.MAX_SAFE_INTEGER }

type Init = typeof import('./echarts.ts').init
let loaded: Promise<Init> | undefined

/**
 * ECharts, which has drawn nobody a few lines: what runs for the first time costs the browser several times as much, and
 * the first chart of a page would keep it busy for too long at a stretch.
 */
const load = () => {
  loaded ??= import('./echarts.ts').then(async ({ init }) => {
    const axes = { xAxis: { type: 'category', data: ['1', '2'] }, yAxis: { type: 'value' } }
    for (const series of [[], [{ type: 'line', data: [1, 2], areaStyle: {} }]]) {
      await new Promise<void>((done) => {
        inTurn(() => {
          const rehearsal = init(document.createElement('div'), null, { width: 64, height: 48 })
          rehearsal.setOption({ animation: false, ...axes, series })
          rehearsal.dispose()
          done()
        }, ranks.seen)
      })
    }
    return init
  })
  return loaded
}

/**
 * Draws a chart into an element and keeps it drawn: when its option, the theme or the element's size changes. ECharts
 * comes in a chunk of its own, only where there is a chart. Each chart is made, told
 * its option and drawn in tasks of its own.
 * @example <div {@attach echart((theme) => lineOption(points, theme))}></div>
 */
export const echart =
  (option: (theme: ChartTheme) => EChartsCoreOption): Attachment<HTMLElement> =>
  (element) => {
    let chart = $state.raw<ECharts>()
    let redraws = $state(0)
    let gone = false
    let rank = ranks.unseen

    const looked = new IntersectionObserver(([entry]) => {
      looked.disconnect()
      if (entry?.isIntersecting) rank = ranks.seen
      // Only now is it fetched: the page has come to life before.
      void load().then((init) => {
        inTurn(() => {
          if (!gone) chart = init(element, null, { renderer: 'canvas' })
        }, rank)
      })
    })
    looked.observe(element)
    const resized = new ResizeObserver(() => chart?.resize())
    resized.observe(element)
    const themed = new MutationObserver(() => redraws++)
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })

    $effect(() => {
      void [redraws, dark.current]
      const drawn = chart
      if (!drawn) return
      const next = { animation: !still.current, ...option(readChartTheme(element)) }
      return inTurn(() => drawn.setOption(next, { notMerge: true, lazyUpdate: true }), rank)
    })

    return () => {
      gone = true
      looked.disconnect()
      resized.disconnect()
      themed.disconnect()
      chart?.dispose()
    }
  }
