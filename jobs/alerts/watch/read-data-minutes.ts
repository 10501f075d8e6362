import type { Warehouse } from '@guanlan/warehouse/client'
import { type Asked, defineQuery } from '@guanlan/warehouse/define-query'
import { toClickHouse } from '@guanlan/warehouse/instant'
import type { Store } from '@guanlan/warehouse/queries/store'
import { z } from 'zod'
import type { DataMinute } from './data-watch.ts'
import { readTable, type Stretch } from './read-table.ts'

const rejected = defineQuery({
  name: 'rejected_by_minute',
  params: z.object({ store_id: z.string(), from: z.string(), to: z.string() }),
  row: z.object({ minute: z.number(), rows: z.number() }),
  sql: `
    SELECT toUnixTimestamp(toStartOfMinute(received_at)) AS minute, count() AS rows
    FROM rejected_events
    WHERE store_id = {store_id:String}
      AND received_at >= {from:DateTime64(3, 'UTC')} AND received_at < {to:DateTime64(3, 'UTC')}
      AND kind = 'event'
    GROUP BY minute`,
})

/** What arrived of a store in each of some minutes. */
export async function readDataMinutes(
  warehouse: Warehouse,
  store: Store,
  minutes: Stretch[],
  asked: Asked,
): Promise<Omit<DataMinute, 'missing'>[]> {
  const [first, last] = [minutes[0], minutes.at(-1)]
  if (!first || !last) return []
  const question = { grain: 'minute' as const, filters: [], metrics: ['events' as const, 'bot_events' as const] }
  const bounds = { from: toClickHouse(new Date(first.start)), to: toClickHouse(new Date(last.end)) }
  const [table, refused] = await Promise.all([
    readTable(warehouse, store, question, minutes, asked),
    rejected(warehouse, { store_id: store.store_id, ...bounds }, asked),
  ])
  const known = new Map(refused.map(({ minute, rows }) => [minute * 1000, rows]))
  return minutes.map((minute) => ({
    ...minute,
    events: table.at(minute.start, '', 'events') ?? 0,
    bots: table.at(minute.start, '', 'bot_events') ?? 0,
    rejected: known.get(minute.start) ?? 0,
  }))
}
