import type { Warehouse } from '@guanlan/warehouse/client'
import type { Store } from '@guanlan/warehouse/queries/store'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { rememberSettings } from './settings/remember-settings.ts'

export interface NamedStore extends Store {
  name: string
}

const stores = rememberSettings<NamedStore[]>(1000)

/** Every store, by name; at most a second old. */
export const allStores = (warehouse: Warehouse): Promise<NamedStore[]> =>
  stores('all', async () => {
    const settings = await readSettings(warehouse, 'store')
    const found = settings.map(({ id, value: { name, time_zone, currency } }) => ({
      store_id: id,
      name,
      time_zone,
      currency,
    }))
    return found.sort((a, b) => a.name.localeCompare(b.name))
  })
