import { currentVersion, readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { error } from '@sveltejs/kit'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import { connections } from '../connections.ts'
import { permitted } from '../settings/change-setting.ts'
import { type Form, isWritten } from '../settings/form.ts'
import type { Refusal } from '../settings/refusal.ts'
import { writeAs } from '../settings/write-as.ts'
import { roleOf } from './invite.ts'
import { newToken } from './link.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { anOwnerIsLeft, mayChangeRole, mayResetPassword, type Roles, withRole } from './rules.ts'

const refused = () => error(403, 'Your role does not allow this.')
const allUsersNow = () => readSettings(connections().warehouse, 'user', { store_id: '' })
const rolesOf = (users: Setting<'user'>[]) => users.map(({ id, value }) => ({ id, roles: value.roles }))

/**
 * Changes what somebody may do: in this store (`here`), and for who owns the instance in every store (`everywhere`);
 * an empty role takes it.
 */
export async function changeRoles(asker: Asker | undefined, storeId: string, form: Form) {
  const { email: actor } = permitted(asker, 'change_users', storeId)
  return oneAtATime(async (): Promise<{ version: number } | Refusal> => {
    const users = await allUsersNow()
    const user = users.find(({ id }) => id === form.text('id'))
    if (!user) return { message: m.settings_user_gone() }
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
    if (!anOwnerIsLeft(rolesOf(users), user.id, roles)) return { message: m.settings_user_last_owner() }
    return writeUser(actor, user, form.version, { ...user.value, roles })
  })
}

/** Takes somebody out: of every store for who owns the instance, else of this one. Their sessions end with it. */
export async function removeUser(asker: Asker | undefined, storeId: string, form: Form) {
  const { email: actor } = permitted(asker, 'change_users', storeId)
  return oneAtATime(async (): Promise<{ version: number } | Refusal> => {
    const users = await allUsersNow()
    const user = users.find(({ id }) => id === form.text('id'))
    if (!user) return { message: m.settings_user_gone() }
    if (!mayChangeRole(asker, user.value.roles, storeId)) refused()
    const everywhere = mayChangeRole(asker, user.value.roles, '*')
    const roles = everywhere ? {} : withRole(user.value.roles, storeId, undefined)
    const left = Object.keys(roles).length > 0 ? roles : null
    if (!anOwnerIsLeft(rolesOf(users), user.id, left)) return { message: m.settings_user_last_owner() }
    return writeUser(actor, user, form.version, left && { ...user.value, roles: left })
  })
}

/** A link by which somebody chooses another password; one made before opens nothing any more. */
export async function resetLink(
  asker: Asker | undefined,
  storeId: string,
  form: Form,
): Promise<{ token: string; email: string; purpose: 'password_reset' } | Refusal> {
  const { email: actor } = permitted(asker, 'change_users', storeId)
  const user = (await allUsersNow()).find(({ id }) => id === form.text('id'))
  if (!user) return { message: m.settings_user_gone() }
  if (!mayResetPassword(asker, user.value.roles)) refused()
  const { email, name } = user.value
  const document = { store_id: '', kind: 'invitation', id: `reset ${user.id}` } as const
  const { version } = await currentVersion(connections().warehouse, document)
  const { token, ...kept } = newToken('password_reset')
  const value = { purpose: 'password_reset', email, name, roles: {}, ...kept } as const
  const made = await writeAs(actor, { ...document, read_version: version, value })
  return isWritten(made) ? { token, email, purpose: 'password_reset' } : made
}

const writeUser = (
  actor: string,
  { id }: Setting<'user'>,
  read_version: number,
  value: Setting<'user'>['value'] | null,
) => writeAs(actor, { store_id: '', kind: 'user', id, read_version, value })
