import type { Warehouse } from '@guanlan/warehouse/client'
import { productNames } from '@guanlan/warehouse/queries/products/product-names'

interface Known {
  at: number
  name: string
}

const names = new Map<string, Known>()
const keptMs = 10 * 60_000
const most = 50_000

/**
 * The names of products by sku; the sku itself where the shop has told no name. A name is asked for once in ten minutes:
 * the rows that tell it lie all over the store's orders.
 */
export async function productLabels(
  warehouse: Warehouse,
  storeId: string,
  skus: readonly string[],
): Promise<(sku: string) => string> {
  const key = (sku: string) => `${storeId}\n${sku}`
  const now = performance.now()
  const unknown = [...new Set(skus)].filter((sku) => sku !== '' && now - (names.get(key(sku))?.at ?? -keptMs) >= keptMs)
  if (unknown.length > 0) {
    const found = await productNames(warehouse, { store_id: storeId, skus: unknown })
    if (names.size > most) names.clear()
    for (const sku of unknown) names.set(key(sku), { at: now, name: found.get(sku) ?? sku })
  }
  return (sku) => names.get(key(sku))?.name ?? sku
}
