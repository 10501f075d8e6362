import { z } from 'zod'
import { defineQuery } from '../../define-query.ts'

/** Of which pages, structures and widths a store has a copy that is not older than so many days; the newest first. */
export const recentSnapshots = defineQuery({
  name: 'recent_snapshots',
  params: z.object({ store_id: z.string(), days: z.int().positive(), limit: z.int().positive() }),
  row: z.object({ path: z.string(), version: z.string(), width_class: z.string() }),
  sql: `
    SELECT path, version, width_class
    FROM page_snapshots FINAL
    WHERE store_id = {store_id:String} AND taken_at >= now64(3) - toIntervalDay({days:UInt16})
    ORDER BY taken_at DESC
    LIMIT {limit:UInt32}`,
})
