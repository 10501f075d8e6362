import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { type Asked, defineQuery } from '../define-query.ts'
import { allCountedOrders } from '../metrics/sales-facts.ts'
import type { Store } from './store.ts'

/** An instant in a request: what is known is what had happened by then. */
export const asOf = z.iso
  .datetime({ offset: true })
  .optional()
  .meta({ description: 'The earlier of now and the store’s last counted order, unless told.' })

const lastOrder = defineQuery({
  name: 'last_counted_order',
  params: z.object({ store_id: z.string() }),
  row: z.object({ at: z.number() }),
  sql: `SELECT toUnixTimestamp64Milli(max(placed_at)) AS at FROM ${allCountedOrders} WHERE placed_at <= now64(3)`,
})

/** The instant that rates are known by: the one told, else the earlier of now and the store's last counted order. */
export async function knownBy(
  warehouse: Warehouse,
  store: Store,
  told: string | undefined,
  asked: Asked,
): Promise<Date> {
  if (told) return new Date(told)
  const [last] = await lastOrder(warehouse, { store_id: store.store_id }, asked)
  return last && last.at > 0 ? new Date(last.at) : new Date()
}
