import type { Redis } from 'ioredis'
import type { Warehouse } from '../client.ts'
import type { Value } from '../settings/kinds.ts'
import { currentVersion } from '../settings/read.ts'
import { SettingConflict, writeSetting } from '../settings/write.ts'
import { emptyStore } from './empty-store.ts'
import { endSettings } from './end-settings.ts'

interface World {
  warehouse: Warehouse
  redis: Redis
  cluster?: string | undefined
}

/**
 * Makes a store. Under the name of one that was removed it begins empty: keys, roles and rows that were left of that one
 * go first.
 * @throws SettingConflict when there is such a store
 */
export async function makeStore(
  { warehouse, redis, cluster }: World,
  { store_id, value, actor }: { store_id: string; value: Value<'store'>; actor: string },
): Promise<void> {
  const document = { kind: 'store', store_id, id: store_id } as const
  const { version, deleted, actor: by } = await currentVersion(warehouse, document)
  if (version > 0 && !deleted) throw new SettingConflict(`There is a store ${store_id} already.`, by)
  if (deleted) {
    await endSettings({ warehouse, redis }, store_id)
    await emptyStore(warehouse, store_id, { cluster })
  }
  await writeSetting({ warehouse, redis }, { ...document, read_version: version, value, actor })
}
