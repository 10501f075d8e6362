import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Campaign } from '#lib/period/campaigns.ts'
import { rememberSettings } from './settings/remember-settings.ts'

const campaigns = rememberSettings<Campaign[]>(1000)
/** More than anybody chooses from: every page of the store carries them. */
const most = 500

/** The latest campaigns of a store, the latest first; at most a second old. */
export const campaignsOf = (warehouse: Warehouse, storeId: string): Promise<Campaign[]> =>
  campaigns(storeId, async () => {
    const settings = await readSettings(warehouse, 'campaign', { store_id: storeId })
    const found = settings.map(({ id, value: { name, type, starts_at, ends_at } }) => ({ id, name, type, starts_at, ends_at })) // biome-ignore format: one shape
    return found.sort((a, b) => Date.parse(b.starts_at) - Date.parse(a.starts_at)).slice(0, most)
  })
