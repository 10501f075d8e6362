import { products } from '../shop/products.ts'
import { yuan } from '../shop/yuan.ts'
import { pathOf, shopUrl } from './browsing.ts'

/** What the shop sells, as records. @param since when it stood so */
export const catalogue = (since: number): Record<string, unknown>[] =>
  products.map((product) => ({
    sku: product.sku,
    name: product.name,
    category: product.label,
    brand: product.brand,
    price: yuan(product.price),
    cost: yuan(product.cost),
    url: `${shopUrl}${pathOf(product)}`,
    status: 'active',
    updated_at: new Date(since).toISOString(),
  }))
