import { randomUUID } from 'node:crypto'
import { emailAddress } from '@guanlan/warehouse/parse-env'
import { type Role, roles as roleNames } from '@guanlan/warehouse/settings/access'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import { sameEmail } from '../auth/users.ts'
import { connections } from '../connections.ts'
import { changeSetting, permitted } from '../settings/change-setting.ts'
import { type Form, isWritten } from '../settings/form.ts'
import type { Refusal } from '../settings/refusal.ts'
import { writeAs } from '../settings/write-as.ts'
import { newToken } from './link.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { endReset } from './reset-link.ts'
import { mayChangeRole, withRole } from './rules.ts'

/** What is told once: a link's token, or that somebody who had an account has a role now. */
export type Invited = { token: string; email: string; purpose: 'invitation' } | { given: string }

export const roleOf = (text: string): Role | undefined => roleNames.find((role) => role === text)

/**
 * Invites somebody to a store, or to all of them. Who has an account already is given the role at once.
 * @throws 403 for who may not give roles there
 */
export async function invite(asker: Asker | undefined, storeId: string, form: Form): Promise<Invited | Refusal> {
  const store_id = form.has('everywhere') ? '' : storeId
  const { email: actor } = permitted(asker, 'change_users', store_id)
  const [email, role] = [form.text('email'), roleOf(form.text('role'))]
  const fields = {
    ...(!emailAddress.safeParse(email).success && { email: m.settings_user_wrong_email() }),
    ...(email.length > 254 && { email: m.settings_user_wrong_email() }),
    ...(!role && { role: m.settings_wrong() }),
  }
  if (!role || Object.keys(fields).length > 0) return { fields }
  const place = store_id || '*'
  const known = await oneAtATime(async (): Promise<() => Promise<Invited | Refusal | undefined>> => {
    const user = (await readSettings(connections().warehouse, 'user', { store_id: '' })).find(({ value }) =>
      sameEmail(value.email, email),
    )
    if (!user) return async () => undefined
    if (Object.hasOwn(user.value.roles, place) || user.value.roles['*'] === 'owner')
      return async () => ({ fields: { email: m.settings_user_has_role() } })
    if (!mayChangeRole(asker, user.value.roles, place))
      return async () => ({ fields: { email: m.settings_user_everywhere() } })
    const value = { ...user.value, roles: withRole(user.value.roles, place, role) }
    const write = { store_id: '', kind: 'user', id: user.id, read_version: user.version, value } as const
    return async () => {
      const written = await writeAs(actor, write)
      if (!isWritten(written)) return written
      await endReset(actor, user.id)
      return { given: user.value.email }
    }
  })
  if (known) return known
  const { token, ...kept } = newToken('invitation')
  const value = { purpose: 'invitation', email, name: form.text('name'), roles: { [place]: role }, ...kept } as const
  const made = await changeSetting({
    ...{ asker, permission: 'change_users', store_id, kind: 'invitation', id: randomUUID(), read_version: 0, value },
  })
  return isWritten(made) ? { token, email, purpose: 'invitation' } : made
}

/** Makes a new link for an invitation; the one before opens nothing any more. */
export async function inviteAgain(asker: Asker | undefined, storeId: string, form: Form): Promise<Invited | Refusal> {
  const store_id = form.has('everywhere') ? '' : storeId
  permitted(asker, 'change_users', store_id)
  const id = form.text('id')
  const [stands] = await readSettings(connections().warehouse, 'invitation', { store_id, id })
  if (stands?.value.purpose !== 'invitation') return { message: m.settings_invitation_gone() }
  const { token, ...kept } = newToken('invitation')
  const change = { asker, permission: 'change_users', store_id, kind: 'invitation', id } as const
  const made = await changeSetting({ ...change, read_version: form.version, value: { ...stands.value, ...kept } })
  return isWritten(made) ? { token, email: stands.value.email, purpose: 'invitation' } : made
}

/** Takes an invitation back: its link opens nothing any more. */
export async function cancelInvitation(asker: Asker | undefined, storeId: string, form: Form) {
  const store_id = form.has('everywhere') ? '' : storeId
  return changeSetting({
    ...{ asker, permission: 'change_users', store_id, kind: 'invitation', id: form.text('id') },
    ...{ read_version: form.version, value: null },
  })
}
