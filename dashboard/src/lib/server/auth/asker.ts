import type { Warehouse } from '@guanlan/warehouse/client'
import type { KeyUse } from '@guanlan/warehouse/settings/key-use'
import type { Redis } from 'ioredis'
import { findKey } from './read-key.ts'
import { findSession } from './session.ts'
import { allUsers, credentialOf, type User } from './users.ts'

/** Who asks: somebody who is logged in, or a program with a key. */
export type Asker =
  | { kind: 'user'; id: string; email: string; name: string; roles: User['value']['roles'] }
  | { kind: 'key'; name: string; store_id: string; scope: 'write' | 'server' | 'read' }

/** Who a session's token speaks for; nobody once the user is gone or has another password. */
export async function askerOfSession(
  { warehouse, redis }: { warehouse: Warehouse; redis: Redis },
  token: string,
): Promise<Asker | undefined> {
  const session = await findSession(redis, token)
  if (!session) return undefined
  const user = (await allUsers(warehouse)).find((each) => each.id === session.user_id)
  if (!user || credentialOf(user) !== session.credential) return undefined
  const { email, name, roles } = user.value
  return { kind: 'user', id: user.id, email, name, roles }
}

/** Who an `Authorization: Bearer` header speaks for. */
export async function askerOfBearer(
  { warehouse, keyUse }: { warehouse: Warehouse; keyUse: KeyUse },
  header: string,
  instanceKey: string | undefined,
): Promise<Asker | undefined> {
  const presented = /^Bearer +(\S+)$/i.exec(header)?.[1]
  const key = presented && (await findKey(warehouse, presented, instanceKey))
  if (!key) return undefined
  keyUse.note(presented)
  return { kind: 'key', ...key }
}

/** Whether the asker may read a store's numbers. */
export function mayRead(asker: Asker, storeId: string): boolean {
  if (asker.kind === 'user') return Object.hasOwn(asker.roles, '*') || Object.hasOwn(asker.roles, storeId)
  return asker.scope === 'read' && (asker.store_id === '*' || asker.store_id === storeId)
}

/** The name under which ClickHouse's query log knows the asker. */
export const nameOf = (asker: Asker): string => `${asker.kind}:${asker.kind === 'user' ? asker.id : asker.name}`
