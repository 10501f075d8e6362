import { readSettings } from '@guanlan/warehouse/settings/read'
import { error } from '@sveltejs/kit'
import type { Asker } from '../auth/asker.ts'
import { hashPassword } from '../auth/password.ts'
import { startSession } from '../auth/session.ts'
import { credentialOf } from '../auth/users.ts'
import { connections } from '../connections.ts'
import { type Form, isWritten } from '../settings/form.ts'
import type { Refusal } from '../settings/refusal.ts'
import { writeAs } from '../settings/write-as.ts'
import { passwordProblem } from './password-problem.ts'
import { passwordRefusal } from './password-refusal.ts'
import { endReset } from './reset-link.ts'

async function ownUser(asker: Asker | undefined) {
  if (asker?.kind !== 'user') error(403)
  const [user] = await readSettings(connections().warehouse, 'user', { store_id: '', id: asker.id })
  return user ?? error(403)
}

/** Changes one's own name. */
export async function changeName(asker: Asker | undefined, form: Form): Promise<{ version: number } | Refusal> {
  const { id, value } = await ownUser(asker)
  const changed = { ...value, name: form.text('name') }
  return writeAs(value.email, { store_id: '', kind: 'user', id, read_version: form.version, value: changed })
}

/**
 * Changes one's own password, which ends every session that the old one had begun.
 * @returns the token of a new session for this browser, or why not
 */
export async function changePassword(asker: Asker | undefined, form: Form): Promise<{ token: string } | Refusal> {
  const { redis } = connections()
  const user = await ownUser(asker)
  const refusal = await passwordRefusal(user, form.raw('old'), 'old')
  if (refusal) return refusal
  const fields = passwordProblem(form.raw('password'), form.raw('again'), user.value.email)
  if (fields) return { fields }
  const value = { ...user.value, password_hash: await hashPassword(form.raw('password')) }
  const write = { store_id: '', kind: 'user', id: user.id, read_version: user.version, value } as const
  const written = await writeAs(user.value.email, write)
  if (!isWritten(written)) return written
  await endReset(user.value.email, user.id)
  return { token: await startSession(redis, { user_id: user.id, credential: credentialOf({ ...user, value }) }) }
}
