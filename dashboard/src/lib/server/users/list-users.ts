import { fromClickHouse } from '@guanlan/warehouse/instant'
import type { Role } from '@guanlan/warehouse/settings/access'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { type Asker, mayRead } from '../auth/asker.ts'
import { may } from '../auth/permissions.ts'
import { connections } from '../connections.ts'
import { actorName } from '../settings/refusal.ts'
import { mayChangeRole, mayResetPassword } from './rules.ts'

/** Somebody who logs in, as the page tells it. */
export interface UserRow {
  id: string
  version: number
  email: string
  name: string
  /** In this store alone; none: the one for every store counts. */
  here: Role | null
  /** In every store. */
  everywhere: Role | null
  /** In other stores; told to who owns the instance. */
  elsewhere: { store_id: string; role: Role }[]
  self: boolean
  changeable: boolean
  resettable: boolean
}

/** A link that waits to be used. */
export interface InvitationRow {
  id: string
  version: number
  email: string
  name: string
  role: Role | null
  everywhere: boolean
  invited_by: string
  invited_at: string
  expires_at: string
  expired: boolean
}

/** A password link that waits to be used. */
export interface ResetRow {
  /** Of the user. */
  id: string
  version: number
  email: string
  made_by: string
  expires_at: string
  expired: boolean
}

/** Who has a role in a store; for who owns the instance everybody. By address. */
export async function listUsers(asker: Asker | undefined, store_id: string): Promise<UserRow[]> {
  const instance = may(asker, 'change_users', '')
  const users = await readSettings(connections().warehouse, 'user', { store_id: '' })
  return users
    .filter(
      ({ id, value: { email, name, roles } }) =>
        instance || mayRead({ kind: 'user', id, email, name, roles }, store_id),
    )
    .map(({ id, version, value: { email, name, roles } }) => ({
      ...{ id, version, email, name, here: roles[store_id] ?? null, everywhere: roles['*'] ?? null },
      elsewhere: Object.entries(roles).flatMap(([place, role]) =>
        instance && place !== '*' && place !== store_id ? [{ store_id: place, role }] : [],
      ),
      self: asker?.kind === 'user' && asker.id === id,
      changeable: mayChangeRole(asker, roles, store_id),
      resettable: mayResetPassword(asker, roles),
    }))
    .sort((a, b) => a.email.localeCompare(b.email))
}

/** Who has been invited to a store, and to all of them for who owns the instance; the newest first. */
export async function listInvitations(asker: Asker | undefined, store_id: string): Promise<InvitationRow[]> {
  const { warehouse } = connections()
  const places = may(asker, 'change_users', '') ? [store_id, ''] : [store_id]
  const found = await Promise.all(places.map((place) => readSettings(warehouse, 'invitation', { store_id: place })))
  return found
    .flat()
    .filter(({ value }) => value.purpose === 'invitation')
    .map(({ id, version, store_id: place, actor, at, value: { email, name, roles, expires_at } }) => ({
      ...{ id, version, email, name, expires_at, everywhere: place === '' },
      role: roles[place || '*'] ?? null,
      invited_by: actorName(actor),
      invited_at: fromClickHouse(at),
      expired: Date.parse(expires_at) <= Date.now(),
    }))
    .sort((a, b) => b.invited_at.localeCompare(a.invited_at))
}

/** The links by which users can choose another password, of those whose password the asker may reset; by address. */
export async function listResets(asker: Asker | undefined, store_id: string): Promise<ResetRow[]> {
  const rows = await listUsers(asker, store_id)
  const links = await readSettings(connections().warehouse, 'invitation', { store_id: '' })
  return rows.flatMap(({ id, version, email, resettable }) => {
    const link = links.find(({ value }) => value.purpose === 'password_reset' && value.email === email)
    if (!link || !resettable || link.value.user_version !== version) return []
    const { expires_at } = link.value
    const expired = Date.parse(expires_at) <= Date.now()
    return [{ id, version: link.version, email, made_by: actorName(link.actor), expires_at, expired }]
  })
}
