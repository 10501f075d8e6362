import type { Redis } from 'ioredis'
import type { Warehouse } from '../client.ts'
import { toClickHouse } from '../instant.ts'
import { type Kind, kinds, type Value } from './kinds.ts'
import { currentVersion } from './read.ts'
import { LockTimeout, underLock } from './under-lock.ts'

export class SettingConflict extends Error {
  override name = 'SettingConflict'
  readonly code = 'changed_meanwhile'
  /** Who wrote the version that now stands; unknown while somebody else is writing. */
  readonly actor: string | undefined

  constructor(message: string, actor?: string, options?: ErrorOptions) {
    super(message, options)
    this.actor = actor
  }
}

interface Write<K extends Kind> {
  /** '' for a setting of the whole instance. */
  store_id: string
  kind: K
  id: string
  /** The version that the writer saw; 0: there was none. */
  read_version: number
  /** null deletes the document; its history stays. */
  value: Value<K> | null
  actor: string
}

/**
 * Appends the next version of a document; the only way to change a setting.
 * @returns the version written
 * @throws SettingConflict “changed by X” when read_version is no longer the newest
 * @throws ZodError when the value is not of the kind's shape
 */
export async function writeSetting<K extends Kind>(
  { warehouse, redis }: { warehouse: Warehouse; redis: Redis },
  write: Write<K>,
): Promise<number> {
  const value = write.value === null ? '' : JSON.stringify(kinds[write.kind].parse(write.value))
  return underLock(redis, `setting:${write.kind}:${write.store_id}:${write.id}`, {
    look: async () => {
      const { version, actor } = await currentVersion(warehouse, write)
      if (version === write.read_version) return
      throw new SettingConflict(`This was changed by ${actor} meanwhile. Read it again, then change it.`, actor)
    },
    write: async () => {
      const version = write.read_version + 1
      const { store_id, kind, id, actor } = write
      await warehouse.insert({
        table: 'settings',
        values: [{ store_id, kind, id, version, value, actor, at: toClickHouse(new Date()) }],
        format: 'JSONEachRow',
      })
      return version
    },
  }).catch((error: unknown) => {
    if (error instanceof LockTimeout) {
      throw new SettingConflict('Somebody else is changing this setting. Try again.', undefined, { cause: error })
    }
    throw error
  })
}
