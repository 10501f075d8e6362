import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Warehouse } from '../client.ts'
import { toClickHouse } from '../instant.ts'
import { type Kind, kinds, type Value } from './kinds.ts'
import { currentVersion } from './read.ts'

export class SettingConflict extends Error {
  override name = 'SettingConflict'
  readonly code = 'changed_meanwhile'
  /** Who wrote the version that now stands; unknown while somebody else is writing. */
  readonly actor: string | undefined

  constructor(message: string, actor?: string) {
    super(message)
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

const lockMs = 10_000
const renewScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`
const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

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
  const lock = `lock:setting:${write.kind}:${write.store_id}:${write.id}`
  const token = randomUUID()
  const deadline = Date.now() + lockMs
  const take = async () => {
    while ((await redis.set(lock, token, 'PX', lockMs, 'NX')) === null) {
      if (Date.now() > deadline) throw new SettingConflict('Somebody else is changing this setting. Try again.')
      await sleep(25)
    }
  }
  const look = async () => {
    const newest = await currentVersion(warehouse, write)
    if (newest.version === write.read_version) return
    const { actor } = newest
    throw new SettingConflict(`This was changed by ${actor} meanwhile. Read it again, then change it.`, actor)
  }
  await take()
  try {
    await look()
    // Looking took longer than the lock lasts: somebody else may have written since.
    while ((await redis.eval(renewScript, 1, lock, token, lockMs)) !== 1) {
      if (Date.now() > deadline) throw new Error('ClickHouse took too long to tell a setting; nothing was written.')
      await take()
      await look()
    }
    const version = write.read_version + 1
    const { store_id, kind, id, actor } = write
    await warehouse.insert({
      table: 'settings',
      values: [{ store_id, kind, id, version, value, actor, at: toClickHouse(new Date()) }],
      format: 'JSONEachRow',
    })
    return version
  } finally {
    await redis.eval(releaseScript, 1, lock, token)
  }
}
