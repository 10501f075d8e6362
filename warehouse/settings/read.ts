import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { type Kind, kinds, type Value } from './kinds.ts'

/** A setting as it stands: its newest version. */
export interface Setting<K extends Kind> {
  store_id: string
  id: string
  version: number
  value: Value<K>
  actor: string
  at: string
}

const newest = defineQuery({
  name: 'settings',
  params: z.object({ kind: z.string(), store_id: z.string(), id: z.string() }),
  row: z.object({
    store_id: z.string(),
    id: z.string(),
    version: z.number(),
    value: z.string(),
    actor: z.string(),
    at: z.string(),
  }),
  sql: `
    SELECT store_id, id, version, value, actor, at
    FROM settings
    WHERE kind = {kind:String}
      AND ({store_id:String} = '*' OR store_id = {store_id:String})
      AND ({id:String} = '*' OR id = {id:String})
    ORDER BY store_id, id, version DESC
    LIMIT 1 BY store_id, id`,
})

/**
 * The settings of a kind, newest version each, deleted ones left out.
 * @param where store_id and id narrow it; '' as store_id is the whole instance
 */
export async function readSettings<K extends Kind>(
  warehouse: Warehouse,
  kind: K,
  where: { store_id?: string; id?: string } = {},
): Promise<Setting<K>[]> {
  const rows = await newest(warehouse, { kind, store_id: where.store_id ?? '*', id: where.id ?? '*' })
  return rows
    .filter((row) => row.value !== '')
    .map((row) => ({ ...row, value: kinds[kind].parse(JSON.parse(row.value)) as Value<K> }))
}

/** Which documents of a kind were deleted, by whom and when (UTC, as ClickHouse writes it), and have not been put back. */
export async function readDeleted(
  warehouse: Warehouse,
  kind: Kind,
  where: { store_id?: string } = {},
): Promise<Omit<Setting<Kind>, 'value'>[]> {
  const rows = await newest(warehouse, { kind, store_id: where.store_id ?? '*', id: '*' })
  return rows.filter((row) => row.value === '').map(({ value: _, ...row }) => row)
}

/** The newest version of one document, deleted or not; 0 and no actor when there was none. */
export async function currentVersion(
  warehouse: Warehouse,
  document: { kind: Kind; store_id: string; id: string },
): Promise<{ version: number; actor: string; deleted: boolean }> {
  const [row] = await newest(warehouse, document)
  return { version: row?.version ?? 0, actor: row?.actor ?? '', deleted: row?.value === '' }
}
