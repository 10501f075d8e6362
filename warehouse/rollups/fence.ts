import type { Warehouse } from '../client.ts'
import { readClock } from './execute.ts'

/**
 * Proof of being a store's only writer for the next 30 s. It throws when that is no longer so. It is asked `midway` where
 * throwing would lose what a step has done so far, so whoever has had enough for now waits until it is asked plainly.
 *
 * Sessions and attribution are compared with what stands and then written, so two writers could leave rows that
 * neither would have written alone. Rollups need no fence: there the newest version of a whole bucket wins.
 */
export type Hold = (midway?: 'midway') => Promise<void>

/**
 * Until when, by ClickHouse's clock, a statement may begin: the time is read first and the hold proven after it, so a
 * process that is paused between the two, or after, sends a statement that fails.
 */
export async function fence(warehouse: Warehouse, hold: Hold): Promise<string> {
  const now = await readClock(warehouse)
  await hold('midway')
  return now
}

/**
 * A condition on the parameter `fence`: within 15 s of it, so that another 15 are left for the statement itself. Later
 * the statement fails: had it quietly written nothing, its watermark would move past rows that nobody has worked in.
 */
export const beforeFence = `throwIf(now64(6, 'UTC') >= {fence:DateTime64(6, 'UTC')} + INTERVAL 15 SECOND, 'The hold is too old to write by.') = 0`
