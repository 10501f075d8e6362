import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { error } from '@sveltejs/kit'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import { connections } from '../connections.ts'
import { permitted } from '../settings/change-setting.ts'
import { type Form, isWritten } from '../settings/form.ts'
import type { Refusal } from '../settings/refusal.ts'
import { writeAs } from '../settings/write-as.ts'
import { roleOf } from './invite.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { endReset } from './reset-link.ts'
import { anOwnerIsLeft, mayChangeRole, type Roles, withRole } from './rules.ts'

type Change = () => Promise<{ version: number } | Refusal>
const refused = () => error(403, 'Your role does not allow this.')
const no =
  (refusal: Refusal): Change =>
  async () =>
    refusal
const allUsersNow = () => readSettings(connections().warehouse, 'user', { store_id: '' })
const rolesOf = (users: Setting<'user'>[]) => users.map(({ id, value }) => ({ id, roles: value.roles }))

/**
 * Changes what somebody may do: in this store (`here`), and for who owns the instance in every store (`everywhere`);
 * an empty role takes it.
 */
export async function changeRoles(asker: Asker | undefined, storeId: string, form: Form) {
  const { email: actor } = permitted(asker, 'change_users', storeId)
  return oneAtATime(async (): Promise<Change> => {
    const users = await allUsersNow()
    const user = users.find(({ id }) => id === form.text('id'))
    if (!user) return no({ message: m.settings_user_gone() })
    let roles: Roles = user.value.roles
    for (const [field, place] of [
      ['here', storeId],
      ['everywhere', '*'],
    ] as const) {
      const role = roleOf(form.text(field))
      if (!form.has(field) || role === roles[place]) continue
      if (!mayChangeRole(asker, user.value.roles, place)) refused()
      roles = withRole(roles, place, role)
    }
    if (!anOwnerIsLeft(rolesOf(users), user.id, roles)) return no({ message: m.settings_user_last_owner() })
    if (lessHere(user.value.roles, roles, storeId)) return no({ fields: { here: m.settings_user_owns_all() } })
    return () => writeUser(actor, user, form.version, { ...user.value, roles })
  })
}

/** Takes somebody out: of every store for who owns the instance, else of this one. Their sessions end with it. */
export async function removeUser(asker: Asker | undefined, storeId: string, form: Form) {
  const { email: actor } = permitted(asker, 'change_users', storeId)
  return oneAtATime(async (): Promise<Change> => {
    const users = await allUsersNow()
    const user = users.find(({ id }) => id === form.text('id'))
    if (!user) return no({ message: m.settings_user_gone() })
    if (!mayChangeRole(asker, user.value.roles, storeId)) refused()
    const everywhere = mayChangeRole(asker, user.value.roles, '*')
    const roles = everywhere ? {} : withRole(user.value.roles, storeId, undefined)
    const left = Object.keys(roles).length > 0 ? roles : null
    if (!anOwnerIsLeft(rolesOf(users), user.id, left)) return no({ message: m.settings_user_last_owner() })
    return () => writeUser(actor, user, form.version, left && { ...user.value, roles: left })
  })
}

/** Whether somebody who owns every store would get a lesser role in this one; it would count for nothing. */
const lessHere = (before: Roles, after: Roles, storeId: string) =>
  after['*'] === 'owner' && after[storeId] !== before[storeId] && (after[storeId] ?? 'owner') !== 'owner'

async function writeUser(
  actor: string,
  { id }: Setting<'user'>,
  read_version: number,
  value: Setting<'user'>['value'] | null,
) {
  const written = await writeAs(actor, { store_id: '', kind: 'user', id, read_version, value })
  if (isWritten(written)) await endReset(actor, id)
  return written
}
