import { readSettings } from '@guanlan/warehouse/settings/read'
import { hold } from '../../hold.ts'
import type { Handler } from '../../world.ts'
import { makePresets } from './make-presets.ts'
import { newMemory, type StoreMemory } from './store-memory.ts'
import { watchStore } from './watch-store.ts'
import type { Explain } from './write-changes.ts'

const minuteMs = 60_000
/** A minute is not settled sooner after its end. */
const settlesMs = 15_000

const unexplained: Explain = async () => null

/**
 * Makes the handler that watches a store whenever a minute of it has settled. Its memory of series is the process's: what
 * another process judged meanwhile it plays again from the facts, raising nothing.
 * @param explain is asked for every incident that opens and is told
 */
export function createWatch({
  explain = unexplained,
  clock = Date.now,
}: {
  explain?: Explain
  clock?: () => number
} = {}): Handler<'watch'> {
  const memories = new Map<string, StoreMemory>()
  return async (world, { store_id }) => {
    const now = clock()
    const memory = memories.get(store_id) ?? newMemory()
    if (memory.doneUntil >= Math.floor((now - settlesMs) / minuteMs) * minuteMs) return { did: {} }
    const [setting] = await readSettings(world.warehouse, 'store', { store_id })
    if (!setting) {
      memories.delete(store_id)
      return { did: {} }
    }
    const held = await hold(world.redis, `watch:${store_id}`)
    if (!held) return { did: { held_elsewhere: 1 } }
    memories.set(store_id, memory)
    const { time_zone, currency } = setting.value
    try {
      if (!memory.hasPresets) await makePresets(world, store_id)
      memory.hasPresets = true
      const store = { store_id, time_zone, currency }
      return await watchStore({ world, store, memory, now, explain, prove: held.prove })
    } catch (error) {
      // What was judged and not written is judged again, from what was saved.
      memories.delete(store_id)
      throw error
    } finally {
      await held.release()
    }
  }
}
