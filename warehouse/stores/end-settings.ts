import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { type Kind, kinds } from '../settings/kinds.ts'
import { currentVersion, readSettings } from '../settings/read.ts'
import { SettingConflict, writeSetting } from '../settings/write.ts'

interface World {
  warehouse: Warehouse
  redis: Redis
}

const settingsOfStore = defineQuery({
  name: 'settings_of_store',
  params: z.object({ store_id: z.string() }),
  row: z.object({
    kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]]),
    id: z.string(),
    version: z.number(),
    value: z.string(),
  }),
  sql: `
    SELECT kind, id, version, value
    FROM settings
    WHERE store_id = {store_id:String} AND kind != 'store'
    ORDER BY kind, id, version DESC
    LIMIT 1 BY kind, id`,
})

type Ending = Omit<Parameters<typeof writeSetting>[1], 'actor'>

/** Whoever changes one of them meanwhile is not waited for longer than this. */
const mostRounds = 10

/**
 * Ends what a removed store has left: its keys, invitations and other settings, and roles in it, under the name of who
 * removed it. May be run twice, and ended anywhere; of a store that stands it ends nothing.
 * @returns how many documents it ended
 */
export async function endSettings(world: World, store_id: string): Promise<number> {
  let ended = 0
  for (let round = 1; round <= mostRounds; round++) {
    // Read before the store is looked at: what stands in a store that is made again after that look is not among them.
    const left = [...(await documentsOf(world, store_id)), ...(await rolesIn(world, store_id))]
    if (left.length === 0) return ended
    const store = await currentVersion(world.warehouse, { kind: 'store', store_id, id: store_id })
    if (!store.deleted) return ended
    let changedMeanwhile = false
    for (const ending of left) {
      try {
        await writeSetting(world, { ...ending, actor: store.actor })
        ended++
      } catch (error) {
        if (!(error instanceof SettingConflict)) throw error
        changedMeanwhile = true
      }
    }
    if (!changedMeanwhile) return ended
  }
  throw new Error(`Settings of the removed store ${store_id} were changed again and again; some of them still stand.`)
}

const documentsOf = async ({ warehouse }: World, store_id: string): Promise<Ending[]> =>
  (await settingsOfStore(warehouse, { store_id }))
    .filter(({ value }) => value !== '')
    .map(({ kind, id, version }) => ({ store_id, kind, id, read_version: version, value: null }))

/** A role in a store that is gone must not open another that is later made under its name. Who has none left is no user. */
const rolesIn = async ({ warehouse }: World, store_id: string): Promise<Ending[]> =>
  (await readSettings(warehouse, 'user', { store_id: '' }))
    .filter(({ value }) => Object.hasOwn(value.roles, store_id))
    .map(({ id, version, value }) => {
      const { [store_id]: _, ...roles } = value.roles
      const left = Object.keys(roles).length > 0 ? { ...value, roles } : null
      return { store_id: '', kind: 'user', id, read_version: version, value: left }
    })
