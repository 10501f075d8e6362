import { announceChanged } from '@guanlan/jobs/changed'
import type { Kind, Value } from '@guanlan/warehouse/settings/kinds'
import { SettingConflict, writeSetting } from '@guanlan/warehouse/settings/write'
import { error } from '@sveltejs/kit'
import { z } from 'zod'
import type { Asker } from '../auth/asker.ts'
import { may, type Permission } from '../auth/permissions.ts'
import { connections } from '../connections.ts'

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

/** What a form shows when a change was not made: a sentence, or one for each field. */
export type Refusal = { message?: string; fields?: Record<string, string> }

/**
 * Changes a setting for somebody: asks whether they may, writes it under their name, tells every process.
 * @returns the version written, or why not: somebody else changed it meanwhile, or fields are wrong
 * @throws 403 for who may not
 */
export async function changeSetting<K extends Kind>(change: Change<K>): Promise<{ version: number } | Refusal> {
  const { asker, permission, ...write } = change
  if (asker?.kind !== 'user' || !may(asker, permission, write.store_id)) error(403, 'Your role does not allow this.')
  const { warehouse, redis, log } = connections()
  try {
    const version = await writeSetting({ warehouse, redis }, { ...write, actor: asker.email })
    announceChanged(redis, { store_id: write.store_id, what: 'settings' }).catch((error: unknown) => {
      log.warn({ err: error }, 'others were not told of a changed setting')
    })
    return { version }
  } catch (error) {
    if (error instanceof SettingConflict) return { message: error.message }
    if (error instanceof z.ZodError) return { fields: fieldsOf(error) }
    throw error
  }
}

/** The first thing wrong with each field, by its path. */
export const fieldsOf = ({ issues }: z.ZodError): Record<string, string> =>
  Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]).reverse())
