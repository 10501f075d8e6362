import { recomputeStore } from '@guanlan/warehouse/rollups/recompute-store'
import { announceChanged } from '../changed.ts'
import { hold } from '../hold.ts'
import type { Handler } from '../world.ts'

class Interrupted extends Error {
  override name = 'Interrupted'
  readonly code = 'interrupted'
}

/** After this long a run ends between two steps, so that other stores get their turn; a step that is longer is finished. */
const turnMs = 20_000

/** The snapshots of customers follow orders that change at most so often; that of refunds, at the latest, at night. */
const refreshMs = 300_000

/** A store that is awake all the time keeps a quarter of a core busy at most: a run is followed by three times as much rest. */
const restShare = 3
const longestRestMs = 10_000

/** Brings sessions, attribution and rollups of a store up to its newest facts, a turn at a time. */
export const recompute: Handler<'recompute'> = async ({ warehouse, redis, log, signal, wake }, { store_id }) => {
  const rest = `rest:recompute:${store_id}`
  const left = await redis.pttl(rest)
  if (left > 0) {
    await wake('recompute', store_id, { delayMs: left })
    return { did: { rested: 1 } }
  }
  const held = await hold(redis, `recompute:${store_id}`)
  // Whoever has it reads on from where everybody does, and the scheduler asks again in seconds.
  if (!held) return { did: { held_elsewhere: 1 } }
  const begin = Date.now()
  const goOn = async (midway?: 'midway') => {
    if (signal.aborted || (!midway && Date.now() > begin + turnMs)) throw new Interrupted('The turn is over.')
    await held.prove()
  }
  const did = { sessions: 0, attributions: 0, hours: 0, days: 0 }
  try {
    await recomputeStore(warehouse, store_id, goOn, did)
    const restMs = Math.min(restShare * (Date.now() - begin), longestRestMs)
    await redis.set(rest, '', 'PX', Math.max(restMs, 1))
    return { did }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    log.debug({ store_id, did }, 'recompute goes on in another turn')
    return { did, again: true }
  } finally {
    // First of all: whatever fails after it must not leave a hold that is renewed for as long as the process lives.
    await held.release()
    if (Object.values(did).some((rows) => rows > 0)) await announceChanged(redis, { store_id, what: 'rollups' })
    if (did.attributions > 0) await wake('refresh-customers', store_id, { delayMs: refreshMs })
  }
}
