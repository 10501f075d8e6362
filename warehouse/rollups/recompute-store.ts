import type { Warehouse } from '../client.ts'
import { readSettings } from '../settings/read.ts'
import { readClock } from './execute.ts'
import type { Hold } from './fence.ts'
import { catchUpAttribution } from './recompute-attribution.ts'
import { catchUpSessions } from './recompute-sessions.ts'
import type { Recomputed } from './recomputed.ts'
import { writeRollups } from './write-rollups.ts'

/**
 * Brings a store's sessions, attribution and rollups up to its newest facts. May be run twice, and ended anywhere.
 *
 * The version of the rollups is the time before the first step: whatever was inserted until ten seconds before it is in
 * the sessions and the attribution that the rollups are then made of. Were it the time of the last step, an order that
 * arrived in between would be in a rollup that counts as good, and unknown to the attribution when it moves.
 *
 * @param hold proves that this is the store's only writer, and throws when it is to end
 * @param did is counted up as the work goes on, so that a caller knows of it when `hold` throws
 */
export async function recomputeStore(
  warehouse: Warehouse,
  store_id: string,
  hold: Hold,
  did: Recomputed = { sessions: 0, attributions: 0, hours: 0, days: 0 },
): Promise<Recomputed> {
  const [store] = await readSettings(warehouse, 'store', { store_id })
  if (!store) return did
  const { time_zone, trusts_sender_sessions } = store.value
  const version = await readClock(warehouse)
  const mode = trusts_sender_sessions ? 'sender' : 'gap'
  await catchUpSessions(warehouse, { store_id, mode, now: version, hold, did })
  await catchUpAttribution(warehouse, { store_id, hold, did })
  await writeRollups(warehouse, { store_id, time_zone, version }, hold, did)
  return did
}
