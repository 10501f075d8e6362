import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { type Asked, defineQuery } from '../define-query.ts'

const moneyFacts = defineQuery({
  name: 'store_has_money',
  params: z.object({ store_id: z.string() }),
  row: z.object({ found: z.number() }),
  sql: `
    SELECT
      (SELECT count() FROM (SELECT 1 FROM orders WHERE store_id = {store_id:String} LIMIT 1))
      + (SELECT count() FROM (SELECT 1 FROM refunds WHERE store_id = {store_id:String} LIMIT 1))
      + (SELECT count() FROM (SELECT 1 FROM ad_spend WHERE store_id = {store_id:String} LIMIT 1)) AS found`,
})

/** Whether a store may turn to a currency. Amounts already taken are in the one that stands: another would relabel them. */
export async function mayTakeCurrency(
  warehouse: Warehouse,
  { store_id, from, to }: { store_id: string; from: string; to: string },
  asked?: Asked,
): Promise<boolean> {
  if (from === to) return true
  const [row] = await moneyFacts(warehouse, { store_id }, asked)
  return row?.found === 0
}
