import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import type { QueryRequest } from '../query/request.ts'
import { runQuery } from '../query/run-query.ts'
import type { Store } from '../store.ts'
import { type ProductsAnswer, type ProductsRequest, productMetrics, productsRequest } from './contract.ts'
import { productNames } from './product-names.ts'

/**
 * What each product or category was looked at, bought and returned in a period.
 * @throws QueryError when the period is empty, or a filter is not one that events, order lines and refunds all know
 */
export async function runProducts(
  warehouse: Warehouse,
  store: Store,
  request: ProductsRequest,
  asked: Asked = {},
): Promise<ProductsAnswer> {
  const { from, to, by, order_by, direction, as_of, filters, limit } = productsRequest.parse(request)
  const question: QueryRequest = {
    store_id: store.store_id,
    metrics: [...productMetrics],
    dimensions: [by],
    date_range: [from, to],
    order_by: [[order_by, direction]],
    filters,
    limit,
    ...(as_of && { as_of }),
  }
  const { results, meta } = await runQuery(warehouse, store, question, asked)
  const skus = by === 'product' ? results.map(({ dimensions }) => dimensions[0] ?? '') : []
  const names = skus.length > 0 ? await productNames(warehouse, { store_id: store.store_id, skus }, asked) : []
  const nameOf = new Map(names.map(({ sku, name }) => [sku, name]))
  return {
    results: results.map(({ dimensions, metrics }) => ({
      value: dimensions[0] ?? '',
      name: nameOf.get(dimensions[0] ?? '') ?? '',
      ...(Object.fromEntries(productMetrics.map((name, at) => [name, metrics[at] ?? null])) as Omit<
        ProductsAnswer['results'][number],
        'value' | 'name'
      >),
    })),
    meta: {
      time_zone: meta.time_zone,
      currency: meta.currency,
      from: meta.from,
      to: meta.to,
      truncated: meta.truncated,
    },
  }
}
