import type { Kind, Value } from '@guanlan/warehouse/settings/kinds'
import { error } from '@sveltejs/kit'
import type { Asker } from '../auth/asker.ts'
import { may, type Permission } from '../auth/permissions.ts'
import type { Refusal } from './refusal.ts'
import { writeAs } from './write-as.ts'

interface Change<K extends Kind> {
  asker: Asker | undefined
  permission: Permission
  /** '' for a setting of the whole instance. */
  store_id: string
  kind: K
  id: string
  /** The version that the person saw; 0 for something new. */
  read_version: number
  /** null deletes it; its history stays, so that it can be put back. */
  value: Value<K> | null
}

type Person = Extract<Asker, { kind: 'user' }>

/** The person who asks, when they may do something in a store. @throws 403 for who may not */
export function permitted(asker: Asker | undefined, permission: Permission, storeId: string): Person {
  if (asker?.kind !== 'user' || !may(asker, permission, storeId)) error(403, 'Your role does not allow this.')
  return asker
}

/**
 * Changes a setting for somebody: asks whether they may, writes it under their name, tells every process.
 * @returns the version written, or why not: somebody else changed it meanwhile, or fields are wrong
 * @throws 403 for who may not
 */
export async function changeSetting<K extends Kind>(change: Change<K>): Promise<{ version: number } | Refusal> {
  const { asker, permission, ...write } = change
  return writeAs(permitted(asker, permission, write.store_id).email, write)
}
