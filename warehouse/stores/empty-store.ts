import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { ask } from '../define-query.ts'
import { rowsOf } from '../render.ts'
import { sharding } from '../sharding.ts'

/** Every table that has rows of stores; settings are not deleted, they get a version that ends them. */
export const tablesOfStores = Object.keys(sharding).filter((name) => name !== 'migrations' && name !== 'settings')

const found = tablesOfStores
  .map((name) => `SELECT '${name}' AS name FROM (SELECT 1 FROM ${name} WHERE store_id = {store_id:String} LIMIT 1)`)
  .join(' UNION ALL ')

/** The tables in which a store has rows. */
async function tablesWithRows(warehouse: Warehouse, store_id: string): Promise<string[]> {
  const row = z.object({ name: z.string() })
  const rows = await ask(warehouse, { name: 'tables_with_rows', sql: found, row, params: { store_id } })
  return rows.map(({ name }) => name)
}

/**
 * What deletes a store's rows from a table: the first statement hides them from every reader, on all replicas, before it
 * returns; the second takes them off the disk, in the background.
 */
export const deletionOf = (table: string, cluster?: string): [string, string] => [
  `DELETE FROM ${rowsOf(table, cluster)} WHERE store_id = {store_id:String}`,
  `ALTER TABLE ${rowsOf(table, cluster)} APPLY DELETED MASK`,
]

interface Emptying {
  cluster?: string | undefined
  /** Asked before each table: whether the store is still to be emptied. */
  goOn?: () => Promise<boolean>
}

/**
 * Deletes every row that a store has. May be run twice, and ended anywhere: what is left a later run deletes.
 * @returns the tables that had rows
 */
export async function emptyStore(
  warehouse: Warehouse,
  store_id: string,
  { cluster, goOn = async () => true }: Emptying = {},
): Promise<string[]> {
  const tables = await tablesWithRows(warehouse, store_id)
  for (const table of tables) {
    if (!(await goOn())) break
    const [hide, erase] = deletionOf(table, cluster)
    await warehouse.command({
      query: hide,
      query_params: { store_id },
      clickhouse_settings: { lightweight_deletes_sync: '2', log_comment: JSON.stringify({ query: 'empty_store' }) },
    })
    await warehouse.command({ query: erase, clickhouse_settings: { mutations_sync: '0' } })
  }
  return tables
}
