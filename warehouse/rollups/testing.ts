import type { Warehouse } from '../client.ts'
import { recomputeStore } from './recompute-store.ts'

const tables = ['minute', 'hour', 'day'].flatMap((grain) => [`traffic_per_${grain}`, `sales_per_${grain}`])
const versions = tables.map((table) => `SELECT max(version) AS version FROM ${table}`).join(' UNION ALL ')

/**
 * Lets what was touched cool, as if eleven seconds had passed: it may be made now. What was good stays good, what was not
 * is not: nothing is moved to before the newest rollup less the ten seconds. For tests.
 */
export async function letTimePass(warehouse: Warehouse): Promise<void> {
  const newest = `(SELECT max(version) FROM (${versions})) - INTERVAL 9999 MILLISECOND`
  await warehouse.command({
    query: `ALTER TABLE touched_quarters UPDATE touched_at = toDateTime64(least(touched_at, greatest(touched_at - INTERVAL 11 SECOND, ${newest})), 3, 'UTC') WHERE true`,
    clickhouse_settings: { mutations_sync: '1' },
  })
}

/** Recomputes a store until everything is good; for tests. */
export async function settle(warehouse: Warehouse, store_id: string): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await letTimePass(warehouse)
    const { sessions, attributions, hours, days } = await recomputeStore(warehouse, store_id, async () => {})
    if (sessions + attributions + hours + days === 0) return
  }
  throw new Error('The store does not settle.')
}
