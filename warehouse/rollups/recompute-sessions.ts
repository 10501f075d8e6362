import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { nextArrivals } from './arrivals.ts'
import { execute, readClock } from './execute.ts'
import { beforeFence, fence, type Hold } from './fence.ts'
import type { Recomputed } from './recomputed.ts'
import { sessionChanges, touchQuarters, writeSessions } from './session-changes.ts'
import { type SessionMode, type Touch, touchedVisitors } from './touched-visitors.ts'
import { readWatermark, type Watermark, writeWatermark } from './watermark.ts'

const step = z.object({ store_id: z.string(), step: z.string() })

const extent = defineQuery({
  name: 'touched visitors',
  params: step,
  row: z.object({ visitors: z.number(), events: z.number(), from: z.string(), to: z.string() }),
  sql: `
    SELECT count() AS visitors, sum(events) AS events, toString(min(from_at)) AS from, toString(max(to_at)) AS to
    FROM touched_visitors
    WHERE store_id = {store_id:String} AND step = {step:DateTime64(6, 'UTC')}`,
})

const changed = defineQuery({
  name: 'count session changes',
  params: step,
  row: z.object({ rows: z.number() }),
  sql: `SELECT count() AS rows FROM session_changes WHERE store_id = {store_id:String} AND version = {step:DateTime64(6, 'UTC')}`,
})

/** How many events a statement takes at most, but for one visitor's. */
const eventsAtOnce = 200_000

interface Step {
  store_id: string
  mode: SessionMode
  touch: Touch
  since: string
  until: string
  /** Whether new sessions cover events that are not new: then all that they cover is marked. */
  all?: boolean
  hold: Hold
}

/**
 * Makes the sessions again of all visitors of the events inserted, or occurred, in (since, until].
 * @returns how many session rows changed
 */
export async function remakeSessions(warehouse: Warehouse, { store_id, mode, touch, since, until, all, hold }: Step) {
  const touched = { store_id, step: await readClock(warehouse) }
  await execute(warehouse, {
    name: 'touch visitors',
    sql: touchedVisitors(mode, touch),
    params: { ...touched, since, until },
  })
  const [window] = await extent(warehouse, touched)
  if (!window?.visitors) return 0
  const parts = Math.ceil(window.events / eventsAtOnce)
  for (let part = 0; part < parts; part += 1) {
    const { from, to } = window
    await hold('midway')
    const params = { ...touched, from, to, parts, part, all: all ?? false }
    await execute(warehouse, { name: 'session changes', sql: sessionChanges(mode), params })
  }
  return writeChanges(warehouse, touched, hold)
}

/** Marks the quarters of a step's changes, then writes the changes: a crash between the two costs work, no number. */
async function writeChanges(warehouse: Warehouse, touched: z.output<typeof step>, hold: Hold): Promise<number> {
  const [changes] = await changed(warehouse, touched)
  if (!changes?.rows) return 0
  await execute(warehouse, { name: 'touch quarters', sql: touchQuarters('session_changes'), params: touched })
  const params = { ...touched, fence: await fence(warehouse, hold) }
  await execute(warehouse, { name: 'write sessions', sql: writeSessions(beforeFence), params })
  return changes.rows
}

// What stands was made by other rules: all of it goes, and what the rules of today make comes.
const retireSessions = `
  INSERT INTO session_changes
  SELECT * REPLACE ({step:DateTime64(6, 'UTC')} AS version, 1 AS is_deleted),
    arrayMap(i -> toStartOfFifteenMinutes(toDateTime(started_at, 'UTC')) + 900 * i, range(toUInt64(intDiv(toUnixTimestamp(ended_at), 900) - intDiv(toUnixTimestamp(started_at), 900)) + 1))
  FROM sessions FINAL
  WHERE store_id = {store_id:String}`

interface CatchUp {
  store_id: string
  mode: SessionMode
  /** ClickHouse's time before which everything inserted is worked in. */
  now: string
  hold: Hold
  did: Pick<Recomputed, 'sessions'>
}

/**
 * Works all events inserted up to now into sessions, a bounded step after the other; each moves the watermark, so it may
 * end anywhere and goes on from there.
 */
export async function catchUpSessions(
  warehouse: Warehouse,
  { store_id, mode, now, hold, did }: CatchUp,
): Promise<void> {
  const watermark: Watermark = { store_id, job: 'sessions', mode }
  const { position, fresh } = await readWatermark(warehouse, watermark)
  if (fresh) {
    const retired = { store_id, step: await readClock(warehouse) }
    await execute(warehouse, { name: 'retire sessions', sql: retireSessions, params: retired })
    did.sessions += await writeChanges(warehouse, retired, hold)
  }
  // Reads on from one step to the next, though the watermark stays behind what another insert may still precede.
  let since = position
  for (;;) {
    await hold()
    const arrivals = await nextArrivals(warehouse, 'events', { store_id, since, now, rows: eventsAtOnce })
    if (arrivals.rows === 0) return
    const { until, settled, more } = arrivals
    did.sessions += await remakeSessions(warehouse, { store_id, mode, touch: 'inserted_at', since, until, hold })
    await writeWatermark(warehouse, { ...watermark, position: settled, version: await readClock(warehouse) })
    if (!more) return
    since = until
  }
}
