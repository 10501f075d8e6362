import { type MetricName, metricNames } from '@guanlan/warehouse/metrics/catalog'
import { type Condition, dimensionsOf } from '@guanlan/warehouse/queries/filter'
import { weekMetrics } from '@guanlan/warehouse/queries/heatmap/week'
import type { Part, WeekRow } from '#lib/heatmap-page/answers.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { heatmapEndpoint } from '#lib/server/api/heatmap-endpoint.ts'
import { ask, pageWorld, questionOf } from '#lib/server/ask.ts'
import { boundsOf } from '#lib/server/compared-range.ts'
import { panel, soon } from '#lib/server/panels.ts'
import { headOf, viewOf } from '#lib/server/view.ts'
import { metricWords } from '#lib/server/words.ts'

const usual: MetricName = 'visitors'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store, campaigns } = await parent()
  const world = { ...pageWorld(locals.asker, store), seldom: true }
  const view = viewOf(store, url, { campaigns })
  const path = url.searchParams.get('path')?.trim().slice(0, 1024) || undefined
  const filters: Condition[] = [...view.conditions, ...(path ? [['is', 'path', [path]] satisfies Condition] : [])]
  const offered = weekMetrics(dimensionsOf(filters))
  const wanted = metricNames.find((name) => name === url.searchParams.get('metric')) ?? usual
  const metric = offered.includes(wanted) ? wanted : (offered[0] ?? usual)
  const request = { store_id: store.store_id, ...boundsOf(view.period), part: 'week', metric, filters } as const
  const { comparison: _, ...head } = headOf(view, url, { store, campaigns })
  const answer = ask(world, heatmapEndpoint, request) as unknown as Promise<Part<WeekRow>>
  return {
    head,
    ...{ metric, path, usual },
    gone: wanted === metric ? undefined : wanted,
    period: view.period,
    offered,
    words: metricWords(metricNames, getLocale()),
    ...(await soon({ week: panel(world.log, 'heatmap week', answer) })),
    question: questionOf(heatmapEndpoint, request),
  }
}
