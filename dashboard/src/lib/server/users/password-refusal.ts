import { m } from '#lib/paraglide/messages.js'
import { createLimit } from '../auth/limit.ts'
import { isPassword } from '../auth/password.ts'
import type { User } from '../auth/users.ts'
import { connections } from '../connections.ts'
import type { Refusal } from '../settings/refusal.ts'

let limit: ReturnType<typeof createLimit> | undefined

/** Why a password is not taken as somebody's; guessing is slow. Undefined when it is theirs. */
export async function passwordRefusal(user: User, password: string, field: string): Promise<Refusal | undefined> {
  limit ??= createLimit(connections().redis, 'password', { points: 10, duration: 900 })
  const seconds = await limit.take(user.id)
  if (seconds !== undefined) return { message: m.login_wait({ minutes: Math.ceil(seconds / 60) }) }
  if (!(await isPassword(password, user.value.password_hash)))
    return { fields: { [field]: m.settings_password_wrong() } }
  await limit.forgive(user.id)
  return undefined
}
