import { settingsHistory } from '@guanlan/warehouse/settings/history'
import { type Kind, kinds, type Value } from '@guanlan/warehouse/settings/kinds'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import type { Permission } from '../auth/permissions.ts'
import { connections } from '../connections.ts'
import { changeSetting, permitted } from './change-setting.ts'
import type { Refusal } from './refusal.ts'

interface Removed<K extends Kind> {
  asker: Asker | undefined
  permission: Permission
  store_id: string
  kind: K
  id: string
  /** The version that deleted it. */
  read_version: number
}

/**
 * Puts back what was deleted, as it was before.
 * @returns the version written, or why not
 * @throws 403 for who may not
 */
export async function putBack<K extends Kind>(removed: Removed<K>): Promise<{ version: number } | Refusal> {
  const { asker, permission, store_id, kind, id, read_version } = removed
  permitted(asker, permission, store_id)
  const rows = await settingsHistory(connections().warehouse, { store_ids: [store_id], kind, id, limit: 1000 })
  const row = rows.find((each) => each.version === read_version)
  if (row?.value !== '' || row.before === '') return { message: m.settings_nothing_to_put_back() }
  const value = kinds[kind].parse(JSON.parse(row.before)) as Value<K>
  return changeSetting({ ...removed, value })
}
