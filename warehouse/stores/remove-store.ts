import type { Redis } from 'ioredis'
import type { Warehouse } from '../client.ts'
import { writeSetting } from '../settings/write.ts'
import { emptyStore } from './empty-store.ts'
import { endSettings } from './end-settings.ts'

interface World {
  warehouse: Warehouse
  redis: Redis
  /** Names the cluster that the tables are distributed over. */
  cluster?: string | undefined
}

interface Removal {
  store_id: string
  /** The version of the store that was seen. */
  read_version: number
  actor: string
}

/**
 * Removes a store with everything in it. First the store itself ends, by a new version that tells who did it: from then on
 * it does not exist for whoever reads, and ingest takes nothing more for it. Then its other settings and roles in it end,
 * then its rows go. Ended in between, both are done by the job that looks after removed stores, or before a store is made
 * again under the name; the job also deletes what ingest had accepted before and inserts after.
 * @returns the tables that had rows
 * @throws SettingConflict when the store was changed meanwhile, or is not there; nothing else is one
 */
export async function removeStore({ warehouse, redis, cluster }: World, removal: Removal): Promise<string[]> {
  const { store_id, read_version, actor } = removal
  const store = { store_id, kind: 'store', id: store_id } as const
  await writeSetting({ warehouse, redis }, { ...store, read_version, value: null, actor })
  await endSettings({ warehouse, redis }, store_id)
  return emptyStore(warehouse, store_id, { cluster })
}
