import type { Warehouse } from '@guanlan/warehouse/client'
import { currentVersion, readSettings } from '@guanlan/warehouse/settings/read'
import { SettingConflict, writeSetting } from '@guanlan/warehouse/settings/write'
import type { Redis } from 'ioredis'
import { hashPassword, isPassword } from './password.ts'
import { sameEmail } from './users.ts'

interface Given {
  email: string
  password: string
}

/**
 * Makes the owner that the environment names. One who exists keeps the password chosen in the product; only when the
 * environment names *another* password than it did before is that one taken: who may set the environment may get back in.
 * @returns what was done
 */
export async function ensureOwner(
  { warehouse, redis }: { warehouse: Warehouse; redis: Redis },
  { email, password }: Given,
): Promise<'created' | 'password changed' | 'unchanged'> {
  const fresh = { store_id: '', kind: 'user', id: email.trim().toLowerCase() } as const
  // Before the users: an owner whom another dashboard makes from here on is a conflict, and not a version to write over.
  const { version } = await currentVersion(warehouse, fresh)
  const users = await readSettings(warehouse, 'user', { store_id: '' })
  const known = users.find((user) => sameEmail(user.value.email, email))
  if (known && (await isPassword(password, known.value.environment_password_hash))) return 'unchanged'
  const password_hash = await hashPassword(password)
  const value = known?.value ?? { email: email.trim(), name: '', roles: { '*': 'owner' as const } }
  try {
    await writeSetting(
      { warehouse, redis },
      {
        ...fresh,
        id: known?.id ?? fresh.id,
        read_version: known?.version ?? version,
        value: { ...value, password_hash, environment_password_hash: password_hash },
        actor: 'environment',
      },
    )
  } catch (error) {
    // Another dashboard that starts at the same moment was first.
    if (error instanceof SettingConflict) return 'unchanged'
    throw error
  }
  return known ? 'password changed' : 'created'
}
