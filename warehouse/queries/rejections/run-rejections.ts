import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, defineQuery } from '../../define-query.ts'
import { fromClickHouse, toClickHouse } from '../../instant.ts'
import { kindOfRejected } from '../recent-events/rejected-rows.ts'
import type { Store } from '../store.ts'
import { type RejectionsAnswer, type RejectionsRequest, rejectionsRequest } from './contract.ts'

const reasons = defineQuery({
  name: 'rejections',
  params: z.object({ store_id: z.string(), from: z.string(), limit: z.int() }),
  row: z.object({
    kind: z.string(),
    protocol: z.string(),
    code: z.string(),
    path: z.string(),
    message: z.string(),
    count: z.number(),
    first: z.string(),
    last: z.string(),
    rejected: z.number(),
  }),
  sql: `
    SELECT ${kindOfRejected} AS kind, protocol, code, field AS path, argMax(message, received_at) AS message,
      uniqExact(rejected_id) AS count, min(received_at) AS first, max(received_at) AS last, sum(count) OVER () AS rejected
    FROM (
      SELECT *, replaceRegexpAll(path, '\\\\[\\\\d+\\\\]', '[]') AS field
      FROM rejected_events
      WHERE store_id = {store_id:String} AND received_at >= {from:DateTime64(3, 'UTC')}
    )
    GROUP BY kind, protocol, code, field
    ORDER BY count DESC, last DESC, code, path
    LIMIT {limit:UInt32}`,
})

/** Why what arrived in the last hours was rejected: reasons that differ by their place in a list alone are one. */
export async function runRejections(
  warehouse: Warehouse,
  store: Store,
  request: RejectionsRequest,
  asked: Asked = {},
  now = new Date(),
): Promise<RejectionsAnswer> {
  const { hours, limit } = rejectionsRequest.parse(request)
  const from = new Date(+now - hours * 3_600_000)
  const rows = await reasons(warehouse, { store_id: store.store_id, from: toClickHouse(from), limit }, asked)
  return {
    results: rows.map(({ rejected: _, first, last, ...row }) => ({
      ...row,
      first: fromClickHouse(first),
      last: fromClickHouse(last),
    })),
    meta: { from: from.toISOString(), rejected: rows[0]?.rejected ?? 0 },
  }
}
