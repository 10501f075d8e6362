import { currentVersion, readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { hashPassword } from '../auth/password.ts'
import { startSession } from '../auth/session.ts'
import { credentialOf } from '../auth/users.ts'
import { connections } from '../connections.ts'
import { type Form, isWritten } from '../settings/form.ts'
import type { Refusal } from '../settings/refusal.ts'
import { writeAs } from '../settings/write-as.ts'
import type { Found } from './find-invitation.ts'
import { passwordProblem } from './password-problem.ts'
import { passwordRefusal } from './password-refusal.ts'

/**
 * Uses a link: makes the user it invites, gives one who exists the role, or gives one who lost it a new password. The
 * invitation ends first, so that a link is used once however often it is sent.
 * @returns the token of a session that has begun, or why not
 */
export async function acceptInvitation(
  { invitation, user }: Extract<Found, { outcome: 'found' }>,
  form: Form,
): Promise<{ token: string } | Refusal> {
  const { purpose, email, roles } = invitation.value
  const joins = purpose === 'invitation' && user !== undefined
  const password = form.raw('password')
  const fields = joins ? undefined : passwordProblem(password, form.raw('again'), email)
  if (fields) return { fields }
  const refusal = joins && (await passwordRefusal(user, password, 'password'))
  if (refusal) return refusal
  const used = await writeAs(email, {
    ...{ store_id: invitation.store_id, kind: 'invitation', id: invitation.id, read_version: invitation.version },
    value: null,
  })
  if (!isWritten(used)) return { message: m.settings_invitation_used() }
  const id = user?.id ?? email.toLowerCase()
  const read_version =
    user?.version ?? (await currentVersion(connections().warehouse, { kind: 'user', store_id: '', id })).version
  const value = {
    ...(user?.value ?? { email, name: form.text('name').slice(0, 120), roles: {} }),
    password_hash: joins ? user.value.password_hash : await hashPassword(password),
  }
  // What somebody has been given meanwhile is not taken by an older invitation.
  const granted = purpose === 'invitation' ? { ...roles, ...value.roles } : value.roles
  const written = await writeAs(email, {
    ...{ store_id: '', kind: 'user', id, read_version },
    value: { ...value, roles: granted },
  })
  if (!isWritten(written)) return written
  const { warehouse, redis } = connections()
  const [made] = await readSettings(warehouse, 'user', { store_id: '', id })
  if (!made) return { message: m.settings_user_gone() }
  return { token: await startSession(redis, { user_id: id, credential: credentialOf(made) }) }
}
