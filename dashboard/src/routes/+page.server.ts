import { redirect } from '@sveltejs/kit'
import { mayRead } from '#lib/server/auth/asker.ts'
import { connections } from '#lib/server/connections.ts'
import { allStores } from '#lib/server/stores.ts'

const lastStore = 'guanlan_store'

/** Leads to the store looked at last, else to the first. */
export const load = async ({ locals, cookies }) => {
  const { asker } = locals
  const stores = (await allStores(connections().warehouse)).filter((store) => asker && mayRead(asker, store.store_id))
  const store = stores.find(({ store_id }) => store_id === cookies.get(lastStore)) ?? stores[0]
  if (store) redirect(303, `/stores/${store.store_id}/overview`)
}
