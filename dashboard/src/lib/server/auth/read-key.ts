import { createHash, timingSafeEqual } from 'node:crypto'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { rememberSettings } from '../settings/remember-settings.ts'

/** What a key may read: one store, or `*` for every one. */
export interface ReadKey {
  name: string
  store_id: string
  scope: 'write' | 'server' | 'read'
}

const keys = rememberSettings<Setting<'key'>[]>(1000)
const sha256 = (text: string) => createHash('sha256').update(text).digest()

/**
 * Whose key this is; undefined for nobody's. A change of the keys counts after a second at most.
 * @param instanceKey READ_KEY of the environment
 */
export async function findKey(
  warehouse: Warehouse,
  presented: string,
  instanceKey: string | undefined,
): Promise<ReadKey | undefined> {
  const hash = sha256(presented)
  if (instanceKey && timingSafeEqual(hash, sha256(instanceKey))) {
    return { name: 'READ_KEY', store_id: '*', scope: 'read' }
  }
  const hex = hash.toString('hex')
  const found = (await keys('all', () => readSettings(warehouse, 'key'))).find((key) => key.value.hash === hex)
  if (found?.value.expires_at && Date.parse(found.value.expires_at) <= Date.now()) return undefined
  return found && { name: found.value.name, store_id: found.store_id || '*', scope: found.value.scope }
}
