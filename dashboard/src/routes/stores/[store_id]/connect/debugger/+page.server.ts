import { debugFilterOf } from '#lib/connect/debug-filter.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { pageWorld } from '#lib/server/ask.ts'
import { loadDebugger } from '#lib/server/connect/load-debugger.ts'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store } = await parent()
  const filter = debugFilterOf(url.searchParams)
  return {
    filter,
    now: new Date().toISOString(),
    ...(await loadDebugger(pageWorld(locals.asker, store), filter, getLocale())),
  }
}
