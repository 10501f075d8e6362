import { announceChanged } from '@guanlan/jobs/changed'
import type { Kind, Value } from '@guanlan/warehouse/settings/kinds'
import { currentVersion } from '@guanlan/warehouse/settings/read'
import { SettingConflict, writeSetting } from '@guanlan/warehouse/settings/write'
import { z } from 'zod'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../connections.ts'
import { actorName, fieldsOf, type Refusal } from './refusal.ts'
import { forgetSettings } from './remember-settings.ts'

interface Write<K extends Kind> {
  /** '' for a setting of the whole instance. */
  store_id: string
  kind: K
  id: string
  /** The version that the person saw; 0 for something new. */
  read_version: number
  /** null deletes it; its history stays, so that it can be put back. */
  value: Value<K> | null
}

/**
 * Writes a setting under somebody's name and tells every process. Whether they may, the caller has asked.
 * @returns the version written, or why not: somebody else changed it meanwhile, or fields are wrong
 */
export async function writeAs<K extends Kind>(actor: string, write: Write<K>): Promise<{ version: number } | Refusal> {
  const { warehouse, redis } = connections()
  try {
    const version = await writeSetting({ warehouse, redis }, { ...write, actor })
    tellOfSettings(write.store_id)
    return { version }
  } catch (error) {
    if (error instanceof z.ZodError) return { fields: fieldsOf(error) }
    if (!(error instanceof SettingConflict)) throw error
    const { version, deleted } = await currentVersion(warehouse, write)
    const by = actorName(error.actor ?? '')
    if (deleted) return { message: m.settings_conflict_removed({ actor: by }), version }
    return { message: error.actor ? m.settings_conflict({ actor: by }) : m.settings_conflict_now(), version }
  }
}

/** Every process reads the settings anew, this one from its next question on. */
export function tellOfSettings(store_id: string): void {
  const { redis, log } = connections()
  forgetSettings()
  announceChanged(redis, { store_id, what: 'settings' }).catch((error: unknown) => {
    log.warn({ err: error }, 'others were not told of a changed setting')
  })
}
