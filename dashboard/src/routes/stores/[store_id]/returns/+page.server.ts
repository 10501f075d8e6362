import { getLocale } from '#lib/paraglide/runtime.js'
import { slices } from '#lib/returns/narrowing.ts'
import { pageWorld } from '#lib/server/ask.ts'
import { snippetKey } from '#lib/server/connect/snippet-key.ts'
import { connections } from '#lib/server/connections.ts'
import { loadReturns } from '#lib/server/returns/load-returns.ts'
import { narrowed } from '#lib/server/returns/narrowed.ts'
import { returnsRequests, shownSlices } from '#lib/server/returns/returns-requests.ts'
import { maturities, returnsViewOf } from '#lib/server/returns/returns-view.ts'
import { grainsOf, headOf, viewOf } from '#lib/server/view.ts'
import { dimensionLabel, metricWords } from '#lib/server/words.ts'

const shown = ['return_rate', 'return_rate_by_value', 'refund_amount', 'refunds', 'unlinked_share'] as const

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store, campaigns } = await parent()
  const world = { ...pageWorld(locals.asker, store), seldom: true }
  // A month of days matures in a month: a shorter period would show none that is ripe.
  const view = viewOf(store, url, { campaigns, otherwise: 'last_90_days' })
  const { grain, choices } = grainsOf(view)
  const chosen = returnsViewOf(view.params)
  const language = getLocale()
  const { conditions, chips, skus } = narrowed(url.searchParams, language)
  const requests = returnsRequests(store, view, chosen, conditions)
  return {
    head: headOf(view, url, { store, campaigns }),
    chips,
    view: {
      ...{ ...chosen, period: view.period, maturities: [...maturities], limit: shownSlices },
      grain: grain === 'hour' ? 'day' : grain,
      grains: choices.filter((each) => each !== 'hour'),
    },
    compared: requests.compared,
    until: requests.until,
    words: metricWords(shown, language),
    dimensions: slices.map((name) => ({ name, label: dimensionLabel(name, language) })),
    ...(await loadReturns(world, requests, { by: chosen.by, language, skus })),
    snippet: await snippetKey(world.warehouse, store.store_id, locals.asker, connections().env),
  }
}
