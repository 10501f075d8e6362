import { z } from 'zod'
import { defineQuery } from '../../define-query.ts'

/** Names of products: the shop's own, else that of the newest order line. */
export const productNames = defineQuery({
  name: 'product_names',
  params: z.object({ store_id: z.string(), skus: z.array(z.string()) }),
  row: z.object({ sku: z.string(), name: z.string() }),
  sql: `
    SELECT sku, argMax(name, (is_told, at)) AS name
    FROM (
      SELECT sku, name, 1 AS is_told, updated_at AS at
      FROM products FINAL
      WHERE store_id = {store_id:String} AND sku IN {skus:Array(String)} AND name != ''
      UNION ALL
      SELECT line.1, line.2, 0, max(placed_at)
      FROM orders ARRAY JOIN arrayZip(lines.sku, lines.name) AS line
      WHERE store_id = {store_id:String} AND line.1 IN {skus:Array(String)} AND line.2 != ''
      GROUP BY line.1, line.2
    )
    GROUP BY sku`,
})
