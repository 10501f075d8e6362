import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask, defineQuery } from '../../define-query.ts'
import { widthClasses } from '../../heatmap/width-class.ts'
import { fromClickHouse } from '../../instant.ts'
import { readTracking } from '../../settings/read-tracking.ts'
import { FilterValues } from '../filter.ts'
import type { Store } from '../store.ts'
import { ofPage } from './facts.ts'
import { needsPage, pageFields, selectionFields } from './selection.ts'

/** Which copy of a page is asked for: the newest of a width, of one structure where one is named. */
const snapshotRequest = z.strictObject({
  store_id: selectionFields.store_id,
  ...pageFields,
  width_class: z.enum(widthClasses),
  version: selectionFields.version,
})
export type SnapshotRequest = z.input<typeof snapshotRequest>

const row = z.object({
  path: z.string(),
  version: z.string(),
  width_class: z.enum(widthClasses),
  taken_at: z.string().transform(fromClickHouse),
  width: z.number(),
  height: z.number(),
  page_height: z.number(),
  title: z.string(),
  content_hash: z.string(),
})

const contentOf = defineQuery({
  name: 'heatmap_snapshot_content',
  params: z.object({ store_id: z.string(), content_hash: z.string() }),
  row: z.object({ content: z.string() }),
  sql: `
    SELECT content FROM snapshot_contents
    WHERE store_id = {store_id:String} AND content_hash = {content_hash:String}
    LIMIT 1`,
})

/** A copy of a page; `content` is JSON, { node, height, … } of rrweb-snapshot, masked. */
export type Snapshot = z.output<typeof row> & { content: string }

/** The newest copy of a page, or of one of a group; undefined when there is none. @throws QueryError when no page is named */
export async function readSnapshot(
  warehouse: Warehouse,
  store: Store,
  request: SnapshotRequest,
  asked: Asked = {},
): Promise<Snapshot | undefined> {
  const { path, group, width_class, version } = needsPage(snapshotRequest.parse(request))
  const { page_groups } = await readTracking(warehouse, store.store_id)
  const values = new FilterValues()
  const sql = `
    SELECT path, version, width_class, toString(taken_at) AS taken_at, width, height, page_height, title, content_hash
    FROM page_snapshots FINAL
    WHERE store_id = {store_id:String} AND ${ofPage({ path, group, patterns: page_groups }, values, 'page_snapshots')}
      AND width_class = ${values.add(width_class)} AND ${version === undefined ? 'true' : `version = ${values.add(version)}`}
    ORDER BY page_snapshots.taken_at DESC, path
    LIMIT 1`
  const params = { store_id: store.store_id, ...values.params }
  const [place] = await ask(warehouse, { name: 'heatmap_snapshot', sql, row, params }, asked)
  if (!place) return undefined
  const [found] = await contentOf(warehouse, { store_id: store.store_id, content_hash: place.content_hash }, asked)
  return found && { ...place, content: found.content }
}
