import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { type Kind, kinds } from '../settings/kinds.ts'
import { readSettings } from '../settings/read.ts'
import { writeSetting } from '../settings/write.ts'
import { emptyStore } from './empty-store.ts'

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

const settingsOfStore = defineQuery({
  name: 'settings_of_store',
  params: z.object({ store_id: z.string() }),
  row: z.object({
    kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]]),
    id: z.string(),
    version: z.number(),
    value: z.string(),
  }),
  sql: `
    SELECT kind, id, version, value
    FROM settings
    WHERE store_id = {store_id:String}
    ORDER BY kind, id, version DESC
    LIMIT 1 BY kind, id`,
})

/**
 * Removes a store with everything in it. First its settings end, by new versions that tell who did it: from then on it
 * does not exist for whoever reads, and ingest takes nothing more for it. Then its rows go. Ended in between, the rest is
 * done by the job that looks after removed stores; it also deletes what ingest had accepted before and inserts after.
 * @returns the tables that had rows
 * @throws SettingConflict when the store was changed meanwhile, or is not there
 */
export async function removeStore({ warehouse, redis, cluster }: World, removal: Removal): Promise<string[]> {
  const { store_id, read_version, actor } = removal
  const end = (kind: Kind, id: string, version: number) =>
    writeSetting({ warehouse, redis }, { store_id, kind, id, read_version: version, value: null, actor })
  await end('store', store_id, read_version)
  for (const { kind, id, version, value } of await settingsOfStore(warehouse, { store_id })) {
    if (value !== '') await end(kind, id, version)
  }
  await endRoles({ warehouse, redis }, store_id, actor)
  return emptyStore(warehouse, store_id, { cluster })
}

/** A role in a store that is gone must not open another that is later made under its name. Who has none left is no user. */
async function endRoles({ warehouse, redis }: World, store_id: string, actor: string): Promise<void> {
  for (const { id, version, value } of await readSettings(warehouse, 'user', { store_id: '' })) {
    if (!Object.hasOwn(value.roles, store_id)) continue
    const { [store_id]: _, ...roles } = value.roles
    const left = Object.keys(roles).length > 0 ? { ...value, roles } : null
    await writeSetting(
      { warehouse, redis },
      { store_id: '', kind: 'user', id, read_version: version, value: left, actor },
    )
  }
}
