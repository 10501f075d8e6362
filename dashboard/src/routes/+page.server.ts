import { redirect } from '@sveltejs/kit'
import { getLocale } from '#lib/paraglide/runtime.js'
import { mayRead } from '#lib/server/auth/asker.ts'
import { may } from '#lib/server/auth/permissions.ts'
import { connections } from '#lib/server/connections.ts'
import { demoProgress } from '#lib/server/demo-progress.ts'
import { readForm, refuse } from '#lib/server/settings/form.ts'
import { createStore } from '#lib/server/settings/store/create-store.ts'
import { timeZones } from '#lib/server/settings/store/time-zones.ts'
import { allStores } from '#lib/server/stores.ts'

const lastStore = 'guanlan_store'

/**
 * Leads to the store looked at last, else to the demo store, which has something to show, else to the first; where there
 * is none, who owns the instance makes one.
 */
export const load = async ({ locals, cookies }) => {
  const { asker } = locals
  const { warehouse, env } = connections()
  const stores = (await allStores(warehouse)).filter((store) => asker && mayRead(asker, store.store_id))
  const known = (id: string | undefined) => stores.find(({ store_id }) => store_id === id)
  const store = known(cookies.get(lastStore)) ?? known((await demoProgress(env.DATA_DIR))?.store_id) ?? stores[0]
  if (store) redirect(303, `/stores/${store.store_id}/overview`)
  return { zones: may(asker, 'change_store', '') ? timeZones(getLocale()) : null }
}

export const actions = {
  default: async ({ request, locals }) => {
    const made = await createStore(locals.asker, await readForm(request))
    if (!('store_id' in made)) return refuse(made)
    redirect(303, `/stores/${made.store_id}/overview`)
  },
}
