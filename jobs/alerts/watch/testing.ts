import type { Warehouse } from '@guanlan/warehouse/client'
import { toClickHouse } from '@guanlan/warehouse/instant'

export const minuteMs = 60_000

/**
 * Visits of a channel at chance moments between two times, each one event and one session, inserted as they happen; for
 * tests.
 */
export async function visits(
  warehouse: Warehouse,
  store_id: string,
  { channel, perMinute, from, to }: { channel: string; perMinute: number; from: number; to: number },
): Promise<void> {
  const seconds = Math.round((to - from) / 1000)
  const rows = Math.round((perMinute * seconds) / 60)
  if (rows === 0) return
  const at = `toDateTime64({from:String}, 3, 'UTC') + toIntervalMillisecond(cityHash64(number, {channel:String}, {from:String}) % ${seconds * 1000})`
  const id = `concat({channel:String}, {from:String}, toString(number))`
  const query_params = { store_id, channel, from: toClickHouse(new Date(from)) }
  await warehouse.command({
    query: `INSERT INTO events (store_id, message_id, name, timestamp, occurred_at, received_at, inserted_at, visitor_id, channel)
      SELECT {store_id:String}, ${id}, 'page_view', ${at} AS at, at, at, at, ${id}, {channel:String} FROM numbers(${rows})`,
    query_params,
  })
  await warehouse.command({
    query: `INSERT INTO sessions (store_id, visitor_id, session_id, started_at, ended_at, events, pageviews, channel, version)
      SELECT {store_id:String}, ${id}, ${id}, ${at} AS at, at, 1, 1, {channel:String}, 1 FROM numbers(${rows})`,
    query_params,
  })
}
