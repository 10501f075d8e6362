import { error } from '@sveltejs/kit'
import { dayIn } from '#lib/period/days.ts'
import { annotationsOf } from '#lib/server/annotations.ts'
import { mayRead } from '#lib/server/auth/asker.ts'
import { allowedIn } from '#lib/server/auth/permissions.ts'
import { campaignsOf } from '#lib/server/campaigns.ts'
import { connections } from '#lib/server/connections.ts'
import { allStores } from '#lib/server/stores.ts'

export const load = async ({ locals, params, depends }) => {
  depends('store:settings')
  const { asker } = locals
  const stores = (await allStores(connections().warehouse)).filter((store) => asker && mayRead(asker, store.store_id))
  const store = stores.find(({ store_id }) => store_id === params.store_id)
  if (!store || asker?.kind !== 'user') error(404, 'There is no such store, or you may not see it.')
  return {
    store,
    allowed: allowedIn(asker, store.store_id),
    annotations: await annotationsOf(connections().warehouse, store.store_id),
    campaigns: await campaignsOf(connections().warehouse, store.store_id),
    stores: stores.map(({ store_id, name }) => ({ store_id, name })),
    user: { email: asker.email, name: asker.name },
    today: dayIn(store.time_zone, new Date()),
    theme: locals.theme,
  }
}
