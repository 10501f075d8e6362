import type { Warehouse } from '@guanlan/warehouse/client'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { rememberSettings } from './settings/remember-settings.ts'

const targets = rememberSettings<Value<'target'>[]>(1000)

/** What the metrics of a store are to reach over which days; at most a second old. */
export const targetsOf = (warehouse: Warehouse, storeId: string): Promise<Value<'target'>[]> =>
  targets(storeId, async () => {
    const settings = await readSettings(warehouse, 'target', { store_id: storeId })
    return settings.map(({ value }) => value)
  })
