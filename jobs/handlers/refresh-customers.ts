import { readSettings } from '@guanlan/warehouse/settings/read'
import { refreshSnapshots } from '@guanlan/warehouse/snapshots/refresh'
import { announceChanged } from '../changed.ts'
import type { Handler } from '../world.ts'

/** Snapshots of repurchase, cohorts, RFM and returns as of the store's last midnight, if orders or refunds have changed. */
export const refreshCustomers: Handler<'refresh-customers'> = async ({ warehouse, redis, signal }, { store_id }) => {
  const [store] = await readSettings(warehouse, 'store', { store_id })
  if (!store) return { did: {} }
  const { time_zone, currency } = store.value
  const goOn = async () => signal.throwIfAborted()
  const written = await refreshSnapshots(warehouse, { store_id, time_zone, currency }, goOn)
  if (written) await announceChanged(redis, { store_id, what: 'rollups' })
  return { did: { snapshots: written ? 1 : 0 } }
}
