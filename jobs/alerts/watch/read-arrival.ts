import type { Warehouse } from '@guanlan/warehouse/client'
import { type Asked, defineQuery } from '@guanlan/warehouse/define-query'
import { toClickHouse } from '@guanlan/warehouse/instant'
import { z } from 'zod'
import type { Arrival } from './settled.ts'

const milliseconds = z.coerce.number()

const arrival = defineQuery({
  name: 'arrival',
  params: z.object({ store_id: z.string(), since: z.string(), until: z.string() }),
  row: z.object({ inserted: milliseconds, sessions: milliseconds }),
  sql: `
    SELECT toUnixTimestamp64Milli(max(at)) AS inserted,
      (SELECT toUnixTimestamp64Milli(max(position)) FROM watermarks WHERE store_id = {store_id:String} AND job = 'sessions') AS sessions
    FROM (
      ${['events', 'orders']
        .map(
          (table) => `SELECT max(inserted_at) AS at FROM ${table}
      WHERE store_id = {store_id:String} AND inserted_at > {since:DateTime64(3, 'UTC')} AND inserted_at <= {until:DateTime64(3, 'UTC')}`,
        )
        .join('\n      UNION ALL ')}
    )`,
})

const hourMs = 3_600_000

/** How far the facts of a store and its sessions are in the warehouse. */
export async function readArrival(
  warehouse: Warehouse,
  store_id: string,
  now: number,
  asked: Asked,
): Promise<Omit<Arrival, 'watermark'>> {
  const between = { since: toClickHouse(new Date(now - hourMs)), until: toClickHouse(new Date(now)) }
  const [row] = await arrival(warehouse, { store_id, ...between }, asked)
  return { insertedAt: row && row.inserted > 0 ? row.inserted : null, sessionsUntil: row?.sessions ?? 0 }
}
