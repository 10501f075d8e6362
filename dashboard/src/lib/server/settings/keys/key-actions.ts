import { randomUUID } from 'node:crypto'
import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { originsOf } from '#lib/settings/origins.ts'
import type { Asker } from '../../auth/asker.ts'
import { connections } from '../../connections.ts'
import { changeSetting, permitted } from '../change-setting.ts'
import { type Form, isWritten } from '../form.ts'
import { putBack } from '../put-back.ts'
import type { Refusal } from '../refusal.ts'
import { newKey } from './new-key.ts'

interface Shown {
  version: number
  /** The key itself: it is told this once. */
  secret: string
  name: string
  scope: 'write' | 'server' | 'read'
}

const scopes = ['write', 'server', 'read'] as const
/** How long a key that was replaced goes on working, in hours. */
const overlaps: Record<string, number> = { hour: 1, day: 24, week: 168 }

/** Whose key a form speaks of: the store's, or the whole instance's. */
const place = (form: Form, storeId: string) => (form.has('everywhere') ? '' : storeId)

/** Makes a key for a store, or for all of them. @returns the key, or why not */
export async function makeKey(asker: Asker | undefined, storeId: string, form: Form): Promise<Shown | Refusal> {
  const scope = scopes.find((each) => each === form.text('scope'))
  const store_id = place(form, storeId)
  permitted(asker, 'change_keys', store_id)
  const { origins, wrong } = originsOf(scope === 'write' ? form.text('origins') : '')
  const fields = {
    ...(form.text('name') === '' && { name: m.settings_wrong_empty() }),
    ...(!scope && { scope: m.settings_wrong_empty() }),
    ...(wrong.length > 0 && { origins: m.settings_key_wrong_origin({ origin: wrong[0] ?? '' }) }),
    ...(scope === 'write' && store_id === '' && { everywhere: m.settings_key_write_one_store() }),
  }
  if (!scope || Object.keys(fields).length > 0) return { fields }
  const { secret, value } = newKey({ name: form.text('name'), scope, origins })
  const made = await changeSetting({
    ...{ asker, permission: 'change_keys', store_id, kind: 'key', id: randomUUID(), read_version: 0, value },
  })
  return isWritten(made) ? { ...made, secret, name: value.name, scope } : made
}

/**
 * Makes a key that opens what another one does. That one works on until it is revoked, or for a while: never longer than it
 * would have anyway, and none that has ended begins anew. Its end is written first, so that whoever is shown a new key can
 * rely on it.
 */
export async function rotateKey(asker: Asker | undefined, storeId: string, form: Form): Promise<Shown | Refusal> {
  const store_id = place(form, storeId)
  permitted(asker, 'change_keys', store_id)
  const old = await findKey(store_id, form.text('id'))
  if (!old) return { message: m.settings_key_gone() }
  const { expires_at } = old.value
  if (expires_at !== undefined && Date.parse(expires_at) <= Date.now()) return { message: m.settings_key_expired() }
  const change = { asker, permission: 'change_keys', store_id, kind: 'key' } as const
  const ends_at = endOf(expires_at, overlaps[form.text('overlap')])
  if (ends_at !== expires_at) {
    const value = { ...old.value, expires_at: ends_at }
    const ended = await changeSetting({ ...change, id: old.id, read_version: form.version, value })
    if (!isWritten(ended)) return ended
  }
  const { secret, value } = newKey(old.value)
  const made = await changeSetting({ ...change, id: randomUUID(), read_version: 0, value })
  return isWritten(made) ? { ...made, secret, name: value.name, scope: value.scope } : made
}

/** When a key ends that has an end already, or none, and is to work for so many hours yet. */
function endOf(expires_at: string | undefined, hours: number | undefined): string | undefined {
  if (hours === undefined) return expires_at
  const wanted = Date.now() + hours * 3_600_000
  return expires_at !== undefined && Date.parse(expires_at) <= wanted ? expires_at : new Date(wanted).toISOString()
}

/** Ends a key at once. */
export async function revokeKey(asker: Asker | undefined, storeId: string, form: Form) {
  return changeSetting({
    ...{ asker, permission: 'change_keys', store_id: place(form, storeId), kind: 'key' },
    ...{ id: form.text('id'), read_version: form.version, value: null },
  })
}

/** Makes a revoked key work again. */
export async function restoreKey(asker: Asker | undefined, storeId: string, form: Form) {
  return putBack({
    ...{ asker, permission: 'change_keys', store_id: place(form, storeId), kind: 'key' },
    ...{ id: form.text('id'), read_version: form.version },
  })
}

const findKey = async (store_id: string, id: string): Promise<Setting<'key'> | undefined> =>
  (await readSettings(connections().warehouse, 'key', { store_id, id }))[0]
