import { compareRollups } from '@guanlan/warehouse/rollups/compare-rollups'
import { compareSessions } from '@guanlan/warehouse/rollups/compare-sessions'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { hold } from '../hold.ts'
import type { Handler } from '../world.ts'

/**
 * Compares the last 35 days of sessions and rollups with raw facts. What differs is put right, recorded, and logged as
 * an error: there should be nothing.
 */
export const compare: Handler<'compare'> = async ({ warehouse, redis, log, signal }, { store_id }) => {
  const [store] = await readSettings(warehouse, 'store', { store_id })
  if (!store) return { did: {} }
  const { time_zone, trusts_sender_sessions } = store.value
  const mode = trusts_sender_sessions ? 'sender' : 'gap'
  const goOn = async () => signal.throwIfAborted()
  const held = await hold(redis, `recompute:${store_id}`, { patienceMs: 60_000 })
  if (!held) throw new Error('The store is being recomputed; the comparison is tried again.')
  const proven = async () => {
    await goOn()
    await held.prove()
  }
  const sessions = await compareSessions(warehouse, { store_id, mode }, proven).finally(held.release)
  if (sessions > 0) log.error({ store_id, sessions }, 'sessions differed from their events and were made again')
  const differences = await compareRollups(warehouse, { store_id, time_zone }, goOn)
  for (const difference of differences.slice(0, 20)) {
    log.error({ store_id, ...difference }, 'a rollup differed from raw facts and is made again')
  }
  return { did: { sessions, differences: differences.length } }
}
