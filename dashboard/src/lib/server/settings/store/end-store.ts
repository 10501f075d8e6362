import { currentVersion, readSettings } from '@guanlan/warehouse/settings/read'
import { SettingConflict } from '@guanlan/warehouse/settings/write'
import { removeStore } from '@guanlan/warehouse/stores/remove-store'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../../auth/asker.ts'
import { connections } from '../../connections.ts'
import { demoProgress } from '../../demo-progress.ts'
import { permitted } from '../change-setting.ts'
import type { Form } from '../form.ts'
import { actorName, type Refusal } from '../refusal.ts'
import { tellOfSettings } from '../write-as.ts'

/** Whether a store is the one that the first start filled with made-up shoppers: it goes without its name being typed. */
export const isDemoStore = async (store_id: string): Promise<boolean> =>
  (await demoProgress(connections().env.DATA_DIR))?.store_id === store_id

/** Removes a store with everything in it; only who owns the whole instance may. @returns the rows' tables, or why not */
export async function endStore(
  asker: Asker | undefined,
  store_id: string,
  form: Form,
): Promise<{ removed: string } | Refusal> {
  const { email } = permitted(asker, 'change_store', '')
  const { warehouse, redis, env, log } = connections()
  const [stands] = await readSettings(warehouse, 'store', { store_id, id: store_id })
  if (!stands) return { message: m.settings_store_gone() }
  if (form.text('name') !== stands.value.name && !(await isDemoStore(store_id))) {
    return { fields: { name: m.settings_store_name_differs() } }
  }
  const removal = { store_id, read_version: stands.version, actor: email }
  try {
    await removeStore({ warehouse, redis, cluster: env.CLICKHOUSE_CLUSTER }, removal)
  } catch (error) {
    if (error instanceof SettingConflict)
      return { message: m.settings_conflict({ actor: actorName(error.actor ?? '') }) }
    const { deleted } = await currentVersion(warehouse, { kind: 'store', store_id, id: store_id })
    if (!deleted) throw error
    // The store has ended; what is left of its settings and rows the jobs end and delete.
    log.error({ err: error, store_id }, 'a store was not removed in one go')
  } finally {
    tellOfSettings(store_id)
  }
  return { removed: store_id }
}
