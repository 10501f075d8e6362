import { getLocale } from '#lib/paraglide/runtime.js'
import { pageWorld } from '#lib/server/ask.ts'
import { snippetKey } from '#lib/server/connect/snippet-key.ts'
import { connections } from '#lib/server/connections.ts'
import { buyerMetrics, customersRequests } from '#lib/server/customers/customers-requests.ts'
import { customersViewOf, pageSize } from '#lib/server/customers/customers-view.ts'
import { loadCustomers } from '#lib/server/customers/load-customers.ts'
import { segmentWords } from '#lib/server/customers/segment-words.ts'
import { grainsOf, headOf, viewOf } from '#lib/server/view.ts'
import { metricWords } from '#lib/server/words.ts'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store, campaigns } = await parent()
  const world = { ...pageWorld(locals.asker, store), seldom: true }
  // Who comes back, and who does not, shows only over months.
  const view = viewOf(store, url, { campaigns, otherwise: 'last_12_months' })
  const { grain, choices } = grainsOf(view)
  const grains = choices.filter((each) => each !== 'hour')
  const chosen = customersViewOf(view.params, view.period)
  const requests = customersRequests(store, view, chosen, grain === 'hour' ? 'day' : grain)
  const language = getLocale()
  const { chips, ...head } = headOf(view, url, { store, campaigns })
  return {
    head,
    view: {
      ...chosen,
      period: view.period,
      grain: grain === 'hour' ? 'day' : grain,
      grains,
      now: view.now.toISOString(),
    },
    pageSize,
    // What these numbers cannot be narrowed by, although the address does.
    ignored: chips.length > 0,
    compared: requests.compared,
    until: requests.until,
    words: metricWords([...buyerMetrics, 'anonymous_share'] as const, language),
    segments: segmentWords(language),
    ...(await loadCustomers(world, requests)),
    snippet: await snippetKey(world.warehouse, store.store_id, locals.asker, connections().env),
  }
}
