import type { Warehouse } from '@guanlan/warehouse/client'
import { type Asked, defineQuery } from '@guanlan/warehouse/define-query'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import { measuresOf } from '@guanlan/warehouse/queries/query/plan'
import { z } from 'zod'

/** When a store's first facts are from, in milliseconds; before that there is nothing to learn, least of all zeros. */
export interface Beginning {
  traffic: number | null
  sales: number | null
}

const firstQuarters = defineQuery({
  name: 'first_quarters',
  params: z.object({ store_id: z.string() }),
  row: z.object({ source: z.enum(['traffic', 'sales']), first: z.coerce.number() }),
  sql: `
    SELECT source, toUnixTimestamp(min(quarter)) AS first FROM touched_quarters
    WHERE store_id = {store_id:String} AND facts > 0
    GROUP BY source`,
})

/** The quarter of an hour in which a store began is no whole one. */
const quarterMs = 15 * 60_000

export async function readBeginning(warehouse: Warehouse, store_id: string, asked: Asked): Promise<Beginning> {
  const rows = await firstQuarters(warehouse, { store_id }, asked)
  const of = (source: 'traffic' | 'sales') => {
    const row = rows.find((one) => one.source === source)
    return row ? row.first * 1000 + quarterMs : null
  }
  return { traffic: of('traffic'), sales: of('sales') }
}

const ofVisits = new Set<string>(['traffic', 'sessions'])

/** From when on a metric can be learnt; a number of both begins when the storefront is heard. */
export function beginningOf({ traffic, sales }: Beginning, metric: MetricName): number | null {
  return measuresOf(metric).some((measure) => ofVisits.has(metrics[measure].from)) ? traffic : (sales ?? traffic)
}
