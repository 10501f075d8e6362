import { readDeleted } from '@guanlan/warehouse/settings/read'
import { emptyStore } from '@guanlan/warehouse/stores/empty-store'
import { endSettings } from '@guanlan/warehouse/stores/end-settings'
import { announceChanged } from '../changed.ts'
import type { Handler } from '../world.ts'

/**
 * Ends and deletes what is left of a store whose removal did not finish, and what has come since: rows that ingest had
 * accepted before, and rollups of a run that was under way. One that has been made again is left alone: it began empty.
 */
export const emptyRemovedStore: Handler<'empty-removed-store'> = async (
  { warehouse, redis, cluster, log },
  { store_id },
) => {
  const goOn = async () => (await readDeleted(warehouse, 'store', { store_id })).length > 0
  if (!(await goOn())) return { did: {} }
  const settings = await endSettings({ warehouse, redis }, store_id)
  if (settings > 0) {
    log.info({ store_id, settings }, 'settings that a removed store had left are ended')
    await announceChanged(redis, { store_id, what: 'settings' })
  }
  const tables = await emptyStore(warehouse, store_id, { cluster, goOn })
  if (tables.length > 0) log.info({ store_id, tables }, 'rows of a removed store are deleted')
  return { did: { tables: tables.length, settings } }
}
