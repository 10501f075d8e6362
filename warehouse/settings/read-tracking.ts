import type { Warehouse } from '../client.ts'
import { readSettings } from './read.ts'
import { type Tracking, usualTracking } from './tracking.ts'

/** How a store's pages are tracked and grouped: what its settings say, else what is usual. */
export async function readTracking(warehouse: Warehouse, store_id: string): Promise<Tracking> {
  const [setting] = await readSettings(warehouse, 'tracking', { store_id, id: 'tracking' })
  return setting?.value ?? usualTracking
}
