import type { Warehouse } from '../client.ts'
import { readClock } from './execute.ts'
import type { Hold } from './fence.ts'
import { remakeSessions } from './recompute-sessions.ts'
import type { SessionMode } from './touched-visitors.ts'

const dayMs = 86_400_000

/**
 * Makes the sessions of the last 35 days again from their events, a day at a time, and writes what differs.
 * @returns how many session rows differed; but for those of visitors who are there now, there should be none
 */
export async function compareSessions(
  warehouse: Warehouse,
  { store_id, mode }: { store_id: string; mode: SessionMode },
  hold: Hold,
): Promise<number> {
  const now = Date.parse(`${(await readClock(warehouse)).slice(0, 19).replace(' ', 'T')}Z`)
  let differed = 0
  for (let day = 35; day > 0; day -= 1) {
    await hold()
    // Up to an hour ago: later events may not have been worked in yet.
    const end = now - 3_600_000 - (day - 1) * dayMs
    const [since = '', until = ''] = [end - dayMs, end].map((ms) =>
      new Date(ms).toISOString().replace('T', ' ').slice(0, 23),
    )
    differed += await remakeSessions(warehouse, { store_id, mode, touch: 'occurred_at', since, until, all: true, hold })
  }
  return differed
}
