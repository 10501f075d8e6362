import { currentVersion, readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { hashPassword } from '../auth/password.ts'
import { startSession } from '../auth/session.ts'
import { credentialOf, type User } from '../auth/users.ts'
import { connections } from '../connections.ts'
import { type Form, isWritten } from '../settings/form.ts'
import type { Refusal } from '../settings/refusal.ts'
import { writeAs } from '../settings/write-as.ts'
import type { Found } from './find-invitation.ts'
import { passwordProblem } from './password-problem.ts'
import { passwordRefusal } from './password-refusal.ts'

type Link = Extract<Found, { outcome: 'found' }>

/** Somebody else may be changing the user: then they are read again. */
const mostTries = 3

/**
 * Uses a link: makes the user it invites, gives one who exists the role, or gives one who lost it a new password. The
 * invitation ends first, so that a link is used once however often it is sent; it is put back when the user cannot be
 * written.
 * @returns the token of a session that has begun, or why not
 */
export async function acceptInvitation(link: Link, form: Form): Promise<{ token: string } | Refusal> {
  const { invitation, user } = link
  const { purpose, email } = invitation.value
  const joins = purpose === 'invitation' && user !== undefined
  const password = form.raw('password')
  const fields = joins ? undefined : passwordProblem(password, form.raw('again'), email)
  if (fields) return { fields }
  const refusal = joins && (await passwordRefusal(user, password, 'password'))
  if (refusal) return refusal
  const password_hash = joins ? user.value.password_hash : await hashPassword(password)
  const document = { store_id: invitation.store_id, kind: 'invitation', id: invitation.id } as const
  const used = await writeAs(email, { ...document, read_version: invitation.version, value: null })
  if (!isWritten(used)) return { message: m.settings_invitation_used() }
  const { redis, log } = connections()
  const putBack = async () => {
    const back = await writeAs(email, { ...document, read_version: used.version, value: invitation.value })
    if (!isWritten(back)) log.warn({ id: invitation.id }, 'an invitation was not put back')
  }
  const given = { password_hash, name: form.text('name').slice(0, 120) }
  const written = await writeUser(link, given).catch(async (error: unknown) => {
    await putBack().catch((err: unknown) => log.warn({ err, id: invitation.id }, 'an invitation was not put back'))
    throw error
  })
  if ('id' in written) {
    return { token: await startSession(redis, { user_id: written.id, credential: credentialOf(written) }) }
  }
  await putBack()
  return written
}

/** Writes the user whom a link is for. @returns the user as written, or why they were not */
async function writeUser(
  { invitation, user: before }: Link,
  { password_hash, name }: { password_hash: string; name: string },
): Promise<User | Refusal> {
  const { purpose, email, roles } = invitation.value
  const document = { store_id: '', kind: 'user', id: before?.id ?? email.toLowerCase() } as const
  for (let tries = 1; tries <= mostTries; tries++) {
    const { warehouse } = connections()
    const { version } = await currentVersion(warehouse, document)
    const [user] = await readSettings(warehouse, 'user', document)
    const isSame =
      purpose === 'invitation'
        ? user?.value.password_hash === before?.value.password_hash
        : user?.version === before?.version
    if (!isSame) break
    const known = user?.value ?? { email, name, roles: {} }
    // What somebody has been given meanwhile is not taken by an older invitation.
    const granted = purpose === 'invitation' ? { ...roles, ...known.roles } : known.roles
    const value = { ...known, password_hash, roles: granted }
    const written = await writeAs(email, { ...document, read_version: version, value })
    if (isWritten(written)) return { ...document, version: written.version, value, actor: email, at: '' }
    if (written.fields) return written
  }
  return { message: m.settings_conflict_now() }
}
