import { Problem } from './problem.ts'
import { SpoolFull } from './spool/spool.ts'
import type { Rows } from './spool/tables.ts'
import type { World } from './world.ts'

/**
 * Puts rows on disk for good.
 * @throws Problem 503 when the spool takes nothing more: the sender keeps the rows and comes again
 */
export async function keep({ spool }: Pick<World, 'spool'>, rows: Rows[]): Promise<void> {
  try {
    await spool.append(rows)
  } catch (error) {
    if (!(error instanceof SpoolFull)) throw error
    throw new Problem('unavailable', 'The store of what waits is full. Keep this and send it again.', {
      retryAfterSeconds: 5,
      cause: error,
    })
  }
}
