import type { Redis } from 'ioredis'
import { z } from 'zod'

/** The Redis channel that says “store X changed”: a hint to ask ClickHouse again, never a number. */
export const changedChannel = 'changed'

/** facts: ingest has flushed rows; rollups: jobs have recomputed; incidents: one was opened or changed. */
export const changed = z.object({ store_id: z.string(), what: z.enum(['facts', 'rollups', 'settings', 'incidents']) })
export type Changed = z.output<typeof changed>

/** Tells every listening process; a lost message costs freshness, no fact. */
export async function announceChanged(redis: Redis, message: Changed): Promise<void> {
  await redis.publish(changedChannel, JSON.stringify(message))
}
