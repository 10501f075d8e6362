import { ordersAnswer, ordersRequest } from '@guanlan/warehouse/queries/orders/contract'
import { runOrders } from '@guanlan/warehouse/queries/orders/run-orders'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

const columns = [
  'order_id',
  'placed_at',
  'paid_at',
  'status',
  'order_type',
  'gross',
  'paid_gmv',
  'units',
  'channel',
  'province',
  'is_first_order',
  'products',
] as const

export const ordersEndpoint = endpoint({
  name: 'orders',
  method: 'GET',
  summary: 'The newest orders',
  description:
    'Orders of every status, newest first, without anything that says whose they are. `before` is an instant, or the `meta.next` of the page before.',
  request: ordersRequest,
  answer: ordersAnswer,
  example: { store_id: 'main' },
  ask: ({ warehouse, store, asked }, request) => runOrders(warehouse, store, request, asked),
  table: ({ results }) =>
    flatTable(
      columns,
      results.map(({ products, ...order }) => ({
        ...order,
        products: products.map(({ sku, name, quantity }) => `${name || sku} × ${quantity}`).join('; '),
      })),
    ),
})
