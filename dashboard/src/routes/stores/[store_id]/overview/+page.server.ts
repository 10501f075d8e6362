import { error } from '@sveltejs/kit'
import { breakdownNames, breakdownOf, breakdowns } from '#lib/overview/breakdowns.ts'
import { conditionsOf, filtersOf } from '#lib/overview/filters.ts'
import { tileMetrics } from '#lib/overview/tiles.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { comparisonOf } from '#lib/period/comparison.ts'
import { dayIn } from '#lib/period/days.ts'
import { grainOf, periodOf } from '#lib/period/period.ts'
import { nameOf } from '#lib/server/auth/asker.ts'
import { connections } from '#lib/server/connections.ts'
import { loadOverview } from '#lib/server/overview/load-overview.ts'
import { overviewRequests } from '#lib/server/overview/overview-requests.ts'
import { snippetKey } from '#lib/server/overview/snippet-key.ts'
import { dimensionLabel, metricWords, valueLabel } from '#lib/server/words.ts'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const params = { get: (name: string) => url.searchParams.get(name) }
  const { store } = await parent()
  if (!locals.asker) error(401)
  const now = new Date()
  const today = dayIn(store.time_zone, now)
  const period = periodOf(params, today)
  const comparison = comparisonOf(params)
  const { grain, choices } = grainOf(params, period)
  const by = breakdownOf(params)
  const filters = filtersOf(params)
  const requests = overviewRequests({ store, period, comparison, grain, by, filters: conditionsOf(filters), now })
  const { env, warehouse, log } = connections()
  const asked = { by: nameOf(locals.asker) }
  const language = getLocale()
  return {
    view: { period, comparison, grain, grains: choices, by, now: now.toISOString() },
    requests,
    words: metricWords(
      [...tileMetrics, 'gmv', 'unpaid_gmv', 'cancelled_gmv', 'orders', ...breakdowns[by]] as const,
      language,
    ),
    chips: filters.map(({ name, value }) => ({
      name,
      dimension: dimensionLabel(name, language),
      label: valueLabel(name, value, language),
    })),
    dimensions: breakdownNames.map((name) => ({ name, label: dimensionLabel(name, language) })),
    ...(await loadOverview({ warehouse, log, store, asked }, requests, { by, language })),
    snippet: await snippetKey(warehouse, store.store_id, env),
  }
}
