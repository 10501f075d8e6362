import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { fromClickHouse } from '../../instant.ts'
import { FilterValues } from '../filter.ts'
import type { Store } from '../store.ts'
import { versionRow } from './contract.ts'
import { ofPage, viewFacts } from './facts.ts'
import { pageFields, pageSelectionOf, type Selection, selectionFields } from './selection.ts'

/** What is asked of the structures that a page had. */
export const versionsRequest = z.strictObject({ ...selectionFields, ...pageFields })
export type VersionsRequest = z.input<typeof versionsRequest>

const row = versionRow.extend({
  first_seen: z.string().transform(fromClickHouse),
  last_seen: z.string().transform(fromClickHouse),
})

export interface VersionsAnswer {
  results: z.output<typeof row>[]
  meta: Selection['meta']
}

/** The structures that a page had in a period, the last seen first. @throws QueryError when the period is empty or no page is named */
export async function runVersions(
  warehouse: Warehouse,
  store: Store,
  request: VersionsRequest,
  asked: Asked = {},
): Promise<VersionsAnswer> {
  const selection = await pageSelectionOf(warehouse, store, versionsRequest.parse(request))
  const values = new FilterValues()
  const sql = `
    SELECT version, width_class, toString(min(started_at)) AS first_seen, toString(max(started_at)) AS last_seen, count() AS views,
      toBool((version, width_class) IN (
        SELECT version, width_class FROM page_snapshots
        WHERE store_id = {store_id:String} AND ${ofPage(selection, values, 'page_snapshots')})) AS has_snapshot
    FROM ${viewFacts(selection, values)}
    GROUP BY version, width_class
    ORDER BY max(started_at) DESC, version, width_class`
  const params = { ...selection.params, ...values.params }
  const results = await ask(warehouse, { name: 'heatmap_versions', sql, row, params }, asked)
  return { results, meta: selection.meta }
}
