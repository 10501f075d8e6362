import { createHash } from 'node:crypto'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { rememberSettings } from '../settings/remember-settings.ts'

export type User = Setting<'user'>

const users = rememberSettings<User[]>(1000)

/** Everybody who may log in; at most a second old, and as they are now once this process knows of a change. */
export const allUsers = (warehouse: Warehouse): Promise<User[]> =>
  users('all', () => readSettings(warehouse, 'user', { store_id: '' }))

/** Addresses differ by more than letter case. */
export const sameEmail = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Changes with the password: what ties a session to it. */
export const credentialOf = (user: User): string =>
  createHash('sha256').update(user.value.password_hash).digest('hex').slice(0, 32)
