import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'

const newest = defineQuery({
  name: 'watermark',
  params: z.object({ store_id: z.string(), job: z.string() }),
  row: z.object({ mode: z.string(), position: z.string() }),
  sql: `
    SELECT mode, toString(position) AS position
    FROM watermarks FINAL
    WHERE store_id = {store_id:String} AND job = {job:String}`,
})

export interface Watermark {
  store_id: string
  job: 'sessions' | 'attribution'
  /** By which rules the facts were read. */
  mode: string
}

const beginning = '1970-01-01 00:00:00.000'

/** Up to which `inserted_at` a job has worked; the beginning of time when it never did, or did by other rules. */
export async function readWatermark(
  warehouse: Warehouse,
  { store_id, job, mode }: Watermark,
): Promise<{ position: string; fresh: boolean }> {
  const [row] = await newest(warehouse, { store_id, job })
  return row?.mode === mode ? { position: row.position, fresh: false } : { position: beginning, fresh: true }
}

/** Moves a watermark; `position` and `version` are ClickHouse's texts of times. */
export async function writeWatermark(
  warehouse: Warehouse,
  watermark: Watermark & { position: string; version: string },
): Promise<void> {
  await warehouse.insert({ table: 'watermarks', values: [watermark], format: 'JSONEachRow' })
}
