import { breakdownNames, breakdownOf, breakdowns } from '#lib/overview/breakdowns.ts'
import { tileMetrics } from '#lib/overview/tiles.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { pageWorld } from '#lib/server/ask.ts'
import { snippetKey } from '#lib/server/connect/snippet-key.ts'
import { connections } from '#lib/server/connections.ts'
import { loadOverview } from '#lib/server/overview/load-overview.ts'
import { overviewRequests } from '#lib/server/overview/overview-requests.ts'
import { grainsOf, headOf, viewOf } from '#lib/server/view.ts'
import { dimensionLabel, metricWords } from '#lib/server/words.ts'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store } = await parent()
  const world = pageWorld(locals.asker, store)
  const view = viewOf(store, url)
  const { grain, choices } = grainsOf(view)
  const by = breakdownOf(view.params)
  const { period, comparison, conditions: filters, now } = view
  const requests = overviewRequests({ store, period, comparison, grain, by, filters, now })
  const language = getLocale()
  return {
    head: headOf(view, url),
    view: { period, grain, grains: choices, by, now: now.toISOString() },
    words: metricWords(
      [...tileMetrics, 'gmv', 'unpaid_gmv', 'cancelled_gmv', 'orders', ...breakdowns[by]] as const,
      language,
    ),
    dimensions: breakdownNames.map((name) => ({ name, label: dimensionLabel(name, language) })),
    ...(await loadOverview(world, requests, { by, language })),
    snippet: await snippetKey(world.warehouse, store.store_id, locals.asker, connections().env),
  }
}
