import { z } from 'zod'
import { defineQuery } from '../define-query.ts'
import { fromClickHouse } from '../instant.ts'

const instant = z.string().transform(fromClickHouse).nullable()

/** The first and the last quarter of an hour in which a store has facts, as instants; null while it has none. */
export const storeSpan = defineQuery({
  name: 'store_span',
  params: z.object({ store_id: z.string() }),
  row: z.object({ first: instant, last: instant }),
  sql: `
    SELECT if(count() = 0, NULL, min(quarter)) AS first, if(count() = 0, NULL, max(quarter)) AS last
    FROM touched_quarters
    WHERE store_id = {store_id:String} AND facts > 0`,
})
