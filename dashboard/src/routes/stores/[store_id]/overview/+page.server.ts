import { targetOf } from '@guanlan/warehouse/queries/pace/target-of'
import { breakdownNames, breakdownOf, breakdowns, knowsSpend, ofSpend } from '#lib/overview/breakdowns.ts'
import { tileMetrics } from '#lib/overview/tiles.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { pageWorld } from '#lib/server/ask.ts'
import { snippetKey } from '#lib/server/connect/snippet-key.ts'
import { connections } from '#lib/server/connections.ts'
import { loadOverview } from '#lib/server/overview/load-overview.ts'
import { overviewRequests } from '#lib/server/overview/overview-requests.ts'
import { pacePeriod } from '#lib/server/overview/pace-period.ts'
import { targetsOf } from '#lib/server/targets.ts'
import { grainsOf, headOf, viewOf } from '#lib/server/view.ts'
import { dimensionLabel, metricWords } from '#lib/server/words.ts'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store, campaigns } = await parent()
  const world = pageWorld(locals.asker, store)
  const view = viewOf(store, url, { campaigns })
  const head = headOf(view, url, { store, campaigns })
  const { grain, choices } = grainsOf(view)
  const by = breakdownOf(view.params)
  const { period, comparison, against, conditions: filters, now } = view
  const asked = { store, period, comparison, against, grain, by, filters, now }
  const narrowed = head.chips.map(({ name }) => name)
  const requests = overviewRequests(asked)
  const language = getLocale()
  const targets = (await targetsOf(world.warehouse, store.store_id)).filter(({ metric }) => metric === 'paid_gmv')
  const days = pacePeriod(period, { today: view.today, targets })
  const pace = days && { store_id: store.store_id, metric: 'paid_gmv' as const, ...days }
  return {
    head,
    view: { period, grain, grains: choices, by, now: now.toISOString() },
    words: metricWords(
      [...tileMetrics, 'gmv', 'unpaid_gmv', 'cancelled_gmv', 'orders', ...breakdowns[by], ...ofSpend] as const,
      language,
    ),
    dimensions: breakdownNames.map((name) => ({ name, label: dimensionLabel(name, language) })),
    /** What the pace is told of, and whether it has a target: room is kept for it before it comes. */
    aim: days && {
      ...days,
      ...(period.campaign && days.from === period.campaign.starts_at && { campaign: period.campaign }),
      hasTarget: targetOf(days, targets).value !== null,
    },
    ...(await loadOverview(world, requests, { by, language, knowsSpend: knowsSpend(by, narrowed), pace })),
    snippet: await snippetKey(world.warehouse, store.store_id, locals.asker, connections().env),
  }
}
