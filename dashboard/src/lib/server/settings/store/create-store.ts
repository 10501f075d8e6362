import { kinds } from '@guanlan/warehouse/settings/kinds'
import { storeId } from '@guanlan/warehouse/settings/store-id'
import { SettingConflict } from '@guanlan/warehouse/settings/write'
import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../../auth/asker.ts'
import { connections } from '../../connections.ts'
import { permitted } from '../change-setting.ts'
import type { Form } from '../form.ts'
import { fieldsOf, type Refusal } from '../refusal.ts'
import { tellOfSettings } from '../write-as.ts'
import { storeFields } from './save-store.ts'

/** Makes another store; only who owns the whole instance may. @returns its id, or why not */
export async function createStore(asker: Asker | undefined, form: Form): Promise<{ store_id: string } | Refusal> {
  const { email } = permitted(asker, 'change_store', '')
  const store_id = form.text('store_id')
  if (!storeId.safeParse(store_id).success) return { fields: { store_id: m.settings_store_wrong_id() } }
  const given = {
    name: form.text('name'),
    time_zone: form.text('time_zone'),
    currency: form.text('currency').toUpperCase(),
  }
  const fields = storeFields(given)
  if (fields) return { fields }
  const value = kinds.store.safeParse(given)
  if (!value.success) return { fields: fieldsOf(value.error) }
  const { warehouse, redis, env } = connections()
  try {
    await makeStore(
      { warehouse, redis, cluster: env.CLICKHOUSE_CLUSTER },
      { store_id, value: value.data, actor: email },
    )
  } catch (error) {
    if (error instanceof SettingConflict) return { fields: { store_id: m.settings_store_taken() } }
    throw error
  }
  tellOfSettings(store_id)
  return { store_id }
}
