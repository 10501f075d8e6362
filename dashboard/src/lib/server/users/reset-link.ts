import { currentVersion, readSettings } from '@guanlan/warehouse/settings/read'
import { error } from '@sveltejs/kit'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import type { User } from '../auth/users.ts'
import { connections } from '../connections.ts'
import { permitted } from '../settings/change-setting.ts'
import { type Form, isWritten } from '../settings/form.ts'
import type { Refusal } from '../settings/refusal.ts'
import { writeAs } from '../settings/write-as.ts'
import { newToken } from './link.ts'
import { mayResetPassword } from './rules.ts'

const documentOf = (userId: string) => ({ store_id: '', kind: 'invitation', id: `reset ${userId}` }) as const

/** Who may reset the password of the user that a form names, and that user. @throws 403 for who may not */
async function opened(asker: Asker | undefined, storeId: string, form: Form): Promise<{ actor: string; user?: User }> {
  const { email: actor } = permitted(asker, 'change_users', storeId)
  const [user] = await readSettings(connections().warehouse, 'user', { store_id: '', id: form.text('id') })
  if (user && !mayResetPassword(asker, user.value.roles)) error(403, 'Your role does not allow this.')
  return user ? { actor, user } : { actor }
}

/**
 * A link by which somebody chooses another password; one made before opens nothing any more. It opens nothing either once
 * anything about the user has changed: who made it may no longer be allowed to.
 */
export async function resetLink(
  asker: Asker | undefined,
  storeId: string,
  form: Form,
): Promise<{ token: string; email: string; purpose: 'password_reset' } | Refusal> {
  const { actor, user } = await opened(asker, storeId, form)
  if (!user) return { message: m.settings_user_gone() }
  const { email, name } = user.value
  const { version } = await currentVersion(connections().warehouse, documentOf(user.id))
  const { token, ...kept } = newToken('password_reset')
  const value = { purpose: 'password_reset', email, name, roles: {}, user_version: user.version, ...kept } as const
  const made = await writeAs(actor, { ...documentOf(user.id), read_version: version, value })
  return isWritten(made) ? { token, email, purpose: 'password_reset' } : made
}

/** Takes a link back for whom it was made: it opens nothing any more. */
export async function cancelReset(asker: Asker | undefined, storeId: string, form: Form) {
  const { actor, user } = await opened(asker, storeId, form)
  if (!user) return { message: m.settings_user_gone() }
  return writeAs(actor, { ...documentOf(user.id), read_version: form.version, value: null })
}

/** Ends the link of a user who was changed or removed. It opens nothing since they were, so that this may fail. */
export async function endReset(actor: string, userId: string): Promise<void> {
  const { warehouse, log } = connections()
  try {
    const { version, deleted } = await currentVersion(warehouse, documentOf(userId))
    if (version === 0 || deleted) return
    await writeAs(actor, { ...documentOf(userId), read_version: version, value: null })
  } catch (err) {
    log.warn({ err, user: userId }, 'a password link that opens nothing any more is still kept')
  }
}
