import { settingsHistory } from '@guanlan/warehouse/settings/history'
import { type Kind, kinds, type Value } from '@guanlan/warehouse/settings/kinds'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import type { Permission } from '../auth/permissions.ts'
import { connections } from '../connections.ts'
import { changeSetting, permitted } from './change-setting.ts'
import type { Refusal } from './refusal.ts'

interface Changed<K extends Kind> {
  asker: Asker | undefined
  permission: Permission
  store_id: string
  kind: K
  id: string
  /** The version that is to be taken back. */
  read_version: number
}

/**
 * Takes back the last change of a setting: it is as it was before.
 * @returns the version written, or why not
 * @throws 403 for who may not
 */
export async function undoChange<K extends Kind>(changed: Changed<K>): Promise<{ version: number } | Refusal> {
  const { asker, permission, store_id, kind, id, read_version } = changed
  permitted(asker, permission, store_id)
  const rows = await settingsHistory(connections().warehouse, { store_ids: [store_id], kind, id, limit: 1000 })
  const before = rows.find((each) => each.version === read_version)?.before
  if (!before) return { message: m.settings_nothing_to_put_back() }
  return changeSetting({ ...changed, value: kinds[kind].parse(JSON.parse(before)) as Value<K> })
}
