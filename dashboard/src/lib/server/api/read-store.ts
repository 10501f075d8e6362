import type { Warehouse } from '@guanlan/warehouse/client'
import { type Asker, mayRead } from '../auth/asker.ts'
import { allStores, type NamedStore } from '../stores.ts'
import { Problem } from './problem.ts'

/**
 * The store that a request names.
 * @throws Problem 403 when the asker may not read it, 404 when there is none: in this order, so that a key for one store
 * cannot find out which others exist
 */
export async function readStore(warehouse: Warehouse, asker: Asker | undefined, storeId: string): Promise<NamedStore> {
  if (!asker) throw new Problem(401, 'Send a read key: Authorization: Bearer …')
  if (!mayRead(asker, storeId)) {
    const scope = asker.kind === 'key' && asker.scope !== 'read' ? ` It is a ${asker.scope} key.` : ''
    throw new Problem(403, `This ${asker.kind} may not read the store ${storeId}.${scope}`)
  }
  const store = (await allStores(warehouse)).find((each) => each.store_id === storeId)
  if (!store) throw new Problem(404, `There is no store ${storeId}.`)
  return store
}
