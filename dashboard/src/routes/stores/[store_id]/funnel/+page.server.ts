import { funnelView } from '#lib/funnel/funnel-view.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { funnelEndpoint } from '#lib/server/api/funnel-endpoint.ts'
import { questionOf } from '#lib/server/ask.ts'
import { connections } from '#lib/server/connections.ts'
import { funnelRequests } from '#lib/server/funnel/funnel-requests.ts'
import { funnelWords } from '#lib/server/funnel/funnel-words.ts'
import { readFunnel } from '#lib/server/funnel/read-funnel.ts'
import { savedFunnels } from '#lib/server/funnel/saved-funnels.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { headOf, viewOf } from '#lib/server/view.ts'

export const load = async ({ parent, url, depends }) => {
  depends('store:facts')
  const { store, campaigns } = await parent()
  const view = viewOf(store, url, { campaigns })
  const funnel = funnelView(url.searchParams)
  const { until, whole, compared, broken } = funnelRequests(store, view, funnel)
  return {
    head: headOf(view, url, { store, campaigns }),
    /** Which view the questions belong to. */
    address: url.search,
    period: view.period,
    funnel,
    saved: await savedFunnels(connections().warehouse, store.store_id),
    words: funnelWords(getLocale()),
    until,
    compared: compared && { from: compared.date_range[0], to: compared.date_range[1] },
    // The page asks them itself, as anybody asks the read API: so it can withdraw one that takes long.
    questions: {
      whole: whole && questionOf(funnelEndpoint, whole),
      compared: compared && questionOf(funnelEndpoint, compared),
      broken: broken && questionOf(funnelEndpoint, broken),
    },
  }
}

export const actions = documentActions('funnel', 'save_funnels', readFunnel)
