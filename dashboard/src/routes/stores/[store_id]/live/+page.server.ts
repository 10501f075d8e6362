import { liveViewOf } from '#lib/live/live-view.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { pageWorld } from '#lib/server/ask.ts'
import { snippetKey } from '#lib/server/connect/snippet-key.ts'
import { connections } from '#lib/server/connections.ts'
import { liveMetrics } from '#lib/server/live/live-requests.ts'
import { loadLive } from '#lib/server/live/load-live.ts'
import { soon } from '#lib/server/panels.ts'
import { metricWords } from '#lib/server/words.ts'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store } = await parent()
  const world = pageWorld(locals.asker, store)
  // Through a function, so that SvelteKit sees which parameters the page depends on: a wall that turns asks for nothing.
  const view = liveViewOf({ get: (name) => url.searchParams.get(name) })
  const language = getLocale()
  return {
    view,
    words: metricWords(liveMetrics, language),
    ...(await soon({ live: loadLive(world, view, language) }, 500)),
    snippet: await snippetKey(world.warehouse, store.store_id, locals.asker, connections().env),
  }
}
