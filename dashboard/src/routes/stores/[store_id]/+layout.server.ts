import { error } from '@sveltejs/kit'
import { getLocale } from '#lib/paraglide/runtime.js'
import { dayIn } from '#lib/period/days.ts'
import { recentIncidents } from '#lib/server/alerts/recent-incidents.ts'
import { recentOf } from '#lib/server/alerts/recent-of.ts'
import { undeliveredOf } from '#lib/server/alerts/undelivered.ts'
import { annotationsOf } from '#lib/server/annotations.ts'
import { mayRead } from '#lib/server/auth/asker.ts'
import { allowedIn } from '#lib/server/auth/permissions.ts'
import { campaignsOf } from '#lib/server/campaigns.ts'
import { connections } from '#lib/server/connections.ts'
import { demoProgress } from '#lib/server/demo-progress.ts'
import { calendarDaysOf } from '#lib/server/odd-days.ts'
import { allStores } from '#lib/server/stores.ts'

/** What of alerts every page tells. A page that is right but for them is shown without. */
async function alertsOf(store_id: string) {
  const { warehouse, log } = connections()
  const told = await Promise.allSettled([recentIncidents(warehouse, store_id), undeliveredOf(warehouse, store_id)])
  for (const one of told) if (one.status === 'rejected') log.warn({ err: one.reason }, 'incidents cannot be told')
  const [incidents, undelivered] = told
  return {
    incidents: incidents.status === 'fulfilled' ? recentOf(incidents.value, getLocale()) : [],
    undelivered: undelivered.status === 'fulfilled' ? undelivered.value : [],
  }
}

export const load = async ({ locals, params, depends }) => {
  depends('store:settings', 'store:incidents', 'demo:progress')
  const { asker } = locals
  const { warehouse, env } = connections()
  const stores = (await allStores(warehouse)).filter((store) => asker && mayRead(asker, store.store_id))
  const store = stores.find(({ store_id }) => store_id === params.store_id)
  if (!store || asker?.kind !== 'user') error(404, 'There is no such store, or you may not see it.')
  const demo = await demoProgress(env.DATA_DIR)
  const today = dayIn(store.time_zone, new Date())
  return {
    store,
    demo: demo?.store_id === store.store_id ? { share: demo.share } : undefined,
    allowed: allowedIn(asker, store.store_id),
    annotations: await annotationsOf(warehouse, store.store_id),
    campaigns: await campaignsOf(warehouse, store.store_id),
    ...(await alertsOf(store.store_id)),
    stores: stores.map(({ store_id, name }) => ({ store_id, name })),
    user: { email: asker.email, name: asker.name },
    today,
    calendar: calendarDaysOf(store.time_zone, today, getLocale()),
    theme: locals.theme,
  }
}
