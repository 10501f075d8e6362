import { productNames } from '@guanlan/warehouse/queries/products/product-names'
import type { PageWorld } from './ask.ts'

interface Known {
  /** Until when it need not be asked for. */
  until: number
  name: string | undefined
}

const known = new Map<string, Known>()
/** A product that has no name yet may get one soon. */
const keptMs = { named: 10 * 60_000, nameless: 60_000 }
const most = 50_000

/**
 * The names of products by sku; the sku itself where the shop has told no name. A name is asked for once in ten minutes:
 * the rows that tell it lie all over the store's orders.
 */
export async function productLabels(
  { warehouse, store: { store_id }, asked }: Pick<PageWorld, 'warehouse' | 'store' | 'asked'>,
  skus: readonly string[],
): Promise<(sku: string) => string> {
  const keyOf = (sku: string) => JSON.stringify([store_id, sku])
  const now = performance.now()
  const names = new Map<string, string | undefined>()
  for (const sku of skus) {
    const one = known.get(keyOf(sku))
    if (sku !== '' && one && now < one.until) names.set(sku, one.name)
  }
  const unknown = [...new Set(skus)].filter((sku) => sku !== '' && !names.has(sku))
  if (unknown.length > 0) {
    const found = await productNames(warehouse, { store_id, skus: unknown }, asked)
    if (known.size > most) known.clear()
    for (const sku of unknown) {
      const name = found.get(sku)
      known.set(keyOf(sku), { until: now + keptMs[name === undefined ? 'nameless' : 'named'], name })
      names.set(sku, name)
    }
  }
  return (sku) => names.get(sku) ?? sku
}
