import type { Warehouse } from '@guanlan/warehouse/client'
import { defineQuery } from '@guanlan/warehouse/define-query'
import { z } from 'zod'
import type { PlanKind } from './plans.ts'

const versions = defineQuery({
  name: 'known_plan',
  params: z.object({ kind: z.string(), store_id: z.string(), id: z.string() }),
  row: z.object({ version: z.number(), updated_at: z.string() }),
  // Of all versions: a person's, and a deletion, say nothing of the system that plans it.
  sql: `
    SELECT max(settings.version) AS version, max(JSONExtractString(value, 'updated_at')) AS updated_at
    FROM settings
    WHERE kind = {kind:String} AND store_id = {store_id:String} AND id = {id:String}`,
})

/** The newest version of a plan, 0 for none, and the newest moment that a record of it told, '' for none. */
export async function knownPlan(
  warehouse: Warehouse,
  document: { kind: PlanKind; store_id: string; id: string },
): Promise<{ version: number; updated_at: string }> {
  const [row] = await versions(warehouse, { kind: document.kind, store_id: document.store_id, id: document.id })
  return row ?? { version: 0, updated_at: '' }
}
