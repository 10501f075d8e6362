import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { createLimit } from '../auth/limit.ts'
import { networkOf } from '../auth/network-of.ts'
import { sameEmail } from '../auth/users.ts'
import { connections } from '../connections.ts'
import { tokenHash } from './link.ts'

export type Found =
  | { outcome: 'found'; invitation: Setting<'invitation'>; user: Setting<'user'> | undefined }
  | { outcome: 'wrong' }
  | { outcome: 'wait'; seconds: number }

let limit: ReturnType<typeof createLimit> | undefined

/**
 * The invitation behind a link, and who has its address already. One that was used, taken back or has expired is none,
 * nor is a password link of somebody who has been changed since it was made.
 * @param address from where the link is opened: who tries many that open nothing is made to wait
 */
export async function findInvitation(token: string, address: string): Promise<Found> {
  const { warehouse, redis } = connections()
  limit ??= createLimit(redis, 'invitation', { points: 30, duration: 900 })
  const network = networkOf(address)
  const seconds = await limit.take(network)
  if (seconds !== undefined) return { outcome: 'wait', seconds }
  const hash = tokenHash(token)
  const invitation = (await readSettings(warehouse, 'invitation')).find(({ value }) => value.token_hash === hash)
  if (!invitation || Date.parse(invitation.value.expires_at) <= Date.now()) return { outcome: 'wrong' }
  const users = await readSettings(warehouse, 'user', { store_id: '' })
  const user = users.find(({ value }) => sameEmail(value.email, invitation.value.email))
  const { purpose, user_version } = invitation.value
  // Whoever made the link might not be allowed to reset the password of who the user is by now.
  if (purpose === 'password_reset' && (!user || user.version !== user_version)) return { outcome: 'wrong' }
  await limit.forgive(network)
  return { outcome: 'found', invitation, user }
}
