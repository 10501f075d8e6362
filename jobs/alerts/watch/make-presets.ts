import { presetPlaybook, presetRules } from '@guanlan/warehouse/alerts/presets'
import { defineQuery } from '@guanlan/warehouse/define-query'
import { type Kind, kinds, type Value } from '@guanlan/warehouse/settings/kinds'
import { readDeleted, readSettings } from '@guanlan/warehouse/settings/read'
import { SettingConflict, writeSetting } from '@guanlan/warehouse/settings/write'
import { z } from 'zod'
import { announceChanged } from '../../changed.ts'
import type { World } from '../../world.ts'

const actor = 'presets'

/** When the store was made, the last time that it was. */
const storeBegan = defineQuery({
  name: 'store_began',
  params: z.object({ store_id: z.string() }),
  row: z.object({ at: z.string() }),
  sql: `
    SELECT toString(min(at)) AS at FROM settings
    WHERE kind = 'store' AND store_id = {store_id:String} AND version > (
      SELECT max(version) FROM settings WHERE kind = 'store' AND store_id = {store_id:String} AND value = '')`,
})

/**
 * Gives a store the ready-made rules and lines of the playbook that it never had. One that was deleted stays deleted; a
 * store that was removed with everything, and made again under its name, gets them as a new one does.
 */
export async function makePresets(world: Pick<World, 'warehouse' | 'redis'>, store_id: string): Promise<number> {
  const made =
    (await make(world, store_id, 'rule', presetRules)) + (await make(world, store_id, 'playbook', presetPlaybook))
  if (made > 0) await announceChanged(world.redis, { store_id, what: 'settings' })
  return made
}

async function make<K extends Kind & ('rule' | 'playbook')>(
  { warehouse, redis }: Pick<World, 'warehouse' | 'redis'>,
  store_id: string,
  kind: K,
  presets: ReadonlyMap<string, unknown>,
): Promise<number> {
  const [there, deleted, [begun]] = await Promise.all([
    readSettings(warehouse, kind, { store_id }),
    readDeleted(warehouse, kind, { store_id }),
    storeBegan(warehouse, { store_id }),
  ])
  const known = new Set(there.map(({ id }) => id))
  const gone = new Map(deleted.map((one) => [one.id, one]))
  let made = 0
  for (const [id, value] of presets) {
    const before = gone.get(id)
    const wentWithStore = before !== undefined && begun !== undefined && before.at < begun.at
    if (known.has(id) || (before && !wentWithStore)) continue
    const write = { store_id, kind, id, read_version: before?.version ?? 0, actor }
    try {
      await writeSetting({ warehouse, redis }, { ...write, value: kinds[kind].parse(value) as Value<K> })
      made += 1
    } catch (error) {
      // Another process has just made it.
      if (!(error instanceof SettingConflict)) throw error
    }
  }
  return made
}
