import { redirect } from '@sveltejs/kit'
import { mayRead } from '#lib/server/auth/asker.ts'
import { connections } from '#lib/server/connections.ts'
import { demoProgress } from '#lib/server/demo-progress.ts'
import { allStores } from '#lib/server/stores.ts'

const lastStore = 'guanlan_store'

/** Leads to the store looked at last, else to the demo store, which has something to show, else to the first. */
export const load = async ({ locals, cookies }) => {
  const { asker } = locals
  const { warehouse, env } = connections()
  const stores = (await allStores(warehouse)).filter((store) => asker && mayRead(asker, store.store_id))
  const known = (id: string | undefined) => stores.find(({ store_id }) => store_id === id)
  const store = known(cookies.get(lastStore)) ?? known((await demoProgress(env.DATA_DIR))?.store_id) ?? stores[0]
  if (store) redirect(303, `/stores/${store.store_id}/overview`)
}
