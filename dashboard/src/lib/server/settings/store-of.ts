import { error } from '@sveltejs/kit'
import { type Asker, mayRead } from '../auth/asker.ts'
import { connections } from '../connections.ts'
import { allStores, type NamedStore } from '../stores.ts'

/** The store that an action is about. @throws 404 for one that is not there, or that the asker may not see */
export async function storeOf(asker: Asker | undefined, storeId: string): Promise<NamedStore> {
  const store = (await allStores(connections().warehouse)).find(({ store_id }) => store_id === storeId)
  if (!store || !asker || !mayRead(asker, storeId)) error(404, 'There is no such store, or you may not see it.')
  return store
}
