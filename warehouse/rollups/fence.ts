import type { Warehouse } from '../client.ts'
import { readClock } from './execute.ts'

/**
 * Proof of being a store's only writer for the next 30 s. It throws when that is no longer so.
 *
 * Sessions and attribution are compared with what stands and then written, so two writers could leave rows that
 * neither would have written alone. Rollups need no fence: there the newest version of a whole bucket wins.
 */
export type Hold = () => Promise<void>

/**
 * Until when, by ClickHouse's clock, a statement may begin: the time is read first and the hold proven after it, so a
 * process that is paused between the two, or after, sends a statement that writes nothing.
 */
export async function fence(warehouse: Warehouse, hold: Hold): Promise<string> {
  const now = await readClock(warehouse)
  await hold()
  return now
}

/** A condition on the parameter `fence`: within 15 s of it, so that another 15 are left for the statement itself. */
export const beforeFence = `now64(6, 'UTC') < {fence:DateTime64(6, 'UTC')} + INTERVAL 15 SECOND`
