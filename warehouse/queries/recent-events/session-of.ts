import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, defineQuery } from '../../define-query.ts'
import { fromClickHouse } from '../../instant.ts'

const sessionsOfVisitors = defineQuery({
  name: 'sessions_of_recent_events',
  params: z.object({ store_id: z.string(), visitors: z.array(z.string()), from: z.string(), to: z.string() }),
  row: z.object({
    visitor_id: z.string(),
    session_id: z.string(),
    started_at: z.string(),
    ended_at: z.string(),
    sender_session_id: z.string(),
    channel: z.string(),
    campaign: z.string(),
    events: z.number(),
  }),
  sql: `
    SELECT visitor_id, session_id, started_at, ended_at, sender_session_id, channel, campaign, events
    FROM sessions FINAL
    WHERE store_id = {store_id:String} AND visitor_id IN {visitors:Array(String)}
      AND started_at >= {from:DateTime64(3, 'UTC')} - INTERVAL 1 DAY AND started_at <= {to:DateTime64(3, 'UTC')}`,
})

interface Placed {
  visitor_id: string
  occurred_at: string
  sender_session_id: string
}

/**
 * Into which visit each of some events fell.
 * @param events times as ClickHouse writes them
 * @returns null where none is computed
 */
export async function sessionOf(
  warehouse: Warehouse,
  store_id: string,
  events: readonly Placed[],
  asked: Asked,
): Promise<
  (
    event: Placed,
  ) => { session_id: string; started_at: string; channel: string; campaign: string; events: number } | null
> {
  const times = events.map(({ occurred_at }) => occurred_at).sort()
  const [from, to] = [times[0], times.at(-1)]
  if (from === undefined || to === undefined) return () => null
  const visitors = [...new Set(events.map(({ visitor_id }) => visitor_id))]
  const sessions = await sessionsOfVisitors(warehouse, { store_id, visitors, from, to }, asked)
  return ({ visitor_id, occurred_at, sender_session_id }) => {
    const found = sessions.find(
      (one) =>
        one.visitor_id === visitor_id &&
        one.started_at <= occurred_at &&
        occurred_at <= one.ended_at &&
        (one.sender_session_id === '' || one.sender_session_id === sender_session_id),
    )
    if (!found) return null
    const { session_id, started_at, channel, campaign, events } = found
    return { session_id, started_at: fromClickHouse(started_at), channel, campaign, events }
  }
}
