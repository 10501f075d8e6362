import { productsAnswer, productsRequest } from '@guanlan/warehouse/queries/products/contract'
import { runProducts } from '@guanlan/warehouse/queries/products/run-products'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'
import { readFilters } from './read-filters.ts'

export const productsEndpoint = endpoint({
  name: 'products',
  method: 'GET',
  summary: 'Products looked at, bought and returned',
  description: 'Traffic, sales and refunds of each product or category, side by side. `filters` is JSON.',
  request: productsRequest,
  answer: productsAnswer,
  example: { store_id: 'main', from: '2026-11-01', to: '2026-12-01', by: 'product' },
  read: readFilters,
  ask: ({ warehouse, store, asked }, request) => runProducts(warehouse, store, request, asked),
  table: ({ results }) => flatTable(productsAnswer.shape.results.element.keyof().options, results),
})
