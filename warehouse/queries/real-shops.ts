import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { DateTime } from 'luxon'
import type { Warehouse } from '../client.ts'
import { toParam } from './period.ts'
import type { Store } from './store.ts'

const folder = new URL('../../../shared/data/shop/', import.meta.url)

/** Whether the shops that others measured are beside this checkout; for tests, which say so once when they are not. */
export const hasRealShops = existsSync(folder)
if (!hasRealShops)
  process.stderr.write('Skipped: ../shared/data is not here, so numbers are not compared with real shops.\n')

type Cells = Record<string, string>
const csv = (path: string): Cells[] => parse(readFileSync(new URL(path, folder)), { columns: true, bom: true })
/** What was measured of a shop with other tools than ours. */
export const truthOf = (shop: string) => JSON.parse(readFileSync(new URL(`${shop}/truth.json`, folder), 'utf8'))
export const rfmTruth = () => csv('online-retail/rfm.csv')

const toUtc = (local: string, zone: string) => toParam(DateTime.fromSQL(local, { zone }))
/** Money in ten-thousandths, exactly; what has more decimals does not occur. */
const units = (text: string) => BigInt(Math.round(Number(text) * 10_000))
const money = (amount: bigint) => `${amount / 10_000n}.${String(amount % 10_000n).padStart(4, '0')}`

interface Line {
  sku: string
  name?: string
  category?: string
  quantity: number
  price: bigint
}
const total = (lines: Line[]) => lines.reduce((sum, { price, quantity }) => sum + price * BigInt(quantity), 0n)
const nested = (lines: Line[]) => ({
  'lines.line_no': lines.map((_, at) => at + 1),
  'lines.sku': lines.map(({ sku }) => sku),
  'lines.name': lines.map(({ name = '' }) => name),
  'lines.category': lines.map(({ category = '' }) => category),
  'lines.quantity': lines.map(({ quantity }) => quantity),
  'lines.price': lines.map(({ price }) => money(price)),
  'lines.discount': lines.map(() => 0),
})
const order = (store: Store, order_id: string, lines: Line[], values: object) => ({
  store_id: store.store_id,
  order_id,
  source: 'ledger',
  status: 'completed',
  gross: money(total(lines)),
  ...nested(lines),
  updated_at: 0,
  ...values,
})

async function insert(warehouse: Warehouse, table: string, values: object[]) {
  await warehouse.insert({ table, values, format: 'JSONEachRow' })
}

/** A gift wholesaler: sale lines make orders by invoice, cancel lines refunds that name no order. */
export async function loadOnlineRetail(
  warehouse: Warehouse,
  shop: 'online-retail' | 'online-retail-2',
): Promise<Store> {
  const store = { store_id: shop, time_zone: 'Europe/London', currency: 'GBP' }
  const rows = csv(`${shop}/orders.csv`)
  const lineOf = (row: Cells, sign: number): Line => ({
    sku: row.StockCode ?? '',
    name: row.Description ?? '',
    quantity: sign * Number(row.Quantity),
    price: units(row.UnitPrice ?? ''),
  })
  const earliest = (group: Cells[]) =>
    toUtc(group.map((row) => row.InvoiceDate ?? '').toSorted()[0] ?? '', store.time_zone)
  const sales = rows.filter(
    (row) => !/^[CA]/.test(row.InvoiceNo ?? '') && Number(row.Quantity) > 0 && Number(row.UnitPrice) > 0,
  )
  const cancels = rows.filter(
    (row) => /^C/.test(row.InvoiceNo ?? '') && Number(row.Quantity) < 0 && Number(row.UnitPrice) > 0,
  )
  const orders = [...Map.groupBy(sales, (row) => row.InvoiceNo ?? '')].map(([id, group]) => {
    const placed_at = earliest(group)
    const { CustomerID: customer_id, Country: province } = group[0] ?? {}
    return order(store, id, group.map((row) => lineOf(row, 1)), { customer_id, province, placed_at, paid_at: placed_at }) // biome-ignore format: one call
  })
  const refunds = [...Map.groupBy(cancels, (row) => row.InvoiceNo ?? '')].map(([refund_id, group]) => {
    const lines = group.map((row) => lineOf(row, -1))
    return {
      store_id: store.store_id,
      refund_id,
      customer_id: group[0]?.CustomerID,
      refunded_at: earliest(group),
      amount: money(total(lines)),
      updated_at: 0,
      'lines.line_no': lines.map((_, at) => at + 1),
      'lines.sku': lines.map(({ sku }) => sku),
      'lines.quantity': lines.map(({ quantity }) => quantity),
      'lines.amount': lines.map((line) => money(total([line]))),
    }
  })
  await insert(warehouse, 'orders', orders)
  await insert(warehouse, 'refunds', refunds)
  return store
}

const eventNames: Record<string, string> = { view: 'view_item', cart: 'add_to_cart', purchase: 'purchase' }

/** A clickstream with prices: an event is its whole row, an order a session with purchases, paid and known to the browser alone. */
export async function loadRees46(warehouse: Warehouse): Promise<Store> {
  const store = { store_id: 'rees46', time_zone: 'UTC', currency: 'USD' }
  const rows = csv('rees46/events.csv').map((row) => ({
    ...row,
    at: toUtc((row.event_time ?? '').replace(' UTC', ''), 'utc'),
    id: createHash('sha256').update(Object.values(row).join('\n')).digest('hex').slice(0, 32),
  }))
  await insert(
    warehouse,
    'events',
    rows.map(({ id, at, ...row }: Cells) => ({
      store_id: store.store_id,
      message_id: id,
      name: eventNames[row.event_type ?? ''],
      timestamp: at,
      occurred_at: at,
      received_at: at,
      visitor_id: row.user_id,
      session_id: row.user_session,
      sku: row.product_id,
      category: row.category_code,
      value: row.price,
      properties: { brand: row.brand },
    })),
  )
  const bought = rows.filter((row: Cells) => row.event_type === 'purchase')
  const orders = [...Map.groupBy(bought, (row: Cells) => row.user_session ?? '')].map(([id, group]) => {
    const lines = group.map((row: Cells) => ({
      sku: row.product_id ?? '',
      category: row.category_code ?? '',
      quantity: 1,
      price: units(row.price ?? ''),
    }))
    const placed_at = group.map(({ at }) => at).toSorted()[0]
    const { user_id: visitor_id }: Cells = group[0] ?? {}
    return order(store, id, lines, { source: 'event', status: 'paid', visitor_id, session_id: id, placed_at, paid_at: placed_at }) // biome-ignore format: one call
  })
  await insert(warehouse, 'orders', orders)
  return store
}

const statuses: Record<string, string> = {
  created: 'pending',
  invoiced: 'paid',
  processing: 'paid',
  shipped: 'fulfilled',
  delivered: 'delivered',
  canceled: 'cancelled',
  unavailable: 'unfulfillable',
}

/** A Brazilian marketplace: orders with a status, items apart, customers behind a second id. */
export async function loadOlist(warehouse: Warehouse): Promise<Store> {
  const store = { store_id: 'olist', time_zone: 'America/Sao_Paulo', currency: 'BRL' }
  const english = new Map(
    csv('olist/product_category_name_translation.csv').map((row) => [
      row.product_category_name,
      row.product_category_name_english ?? '',
    ]),
  )
  const categories = new Map(csv('olist/products.csv').map((row) => [row.product_id, row.product_category_name ?? '']))
  const customers = new Map(csv('olist/customers.csv').map((row) => [row.customer_id, row]))
  const items = Map.groupBy(csv('olist/order_items.csv'), (row) => row.order_id)
  const at = (local?: string) => (local ? toUtc(local, store.time_zone) : null)
  const orders = csv('olist/orders.csv').map((row) => {
    const lines = (items.get(row.order_id) ?? []).map(({ product_id = '', price = '' }) => {
      const category = categories.get(product_id) ?? ''
      return { sku: product_id, category: english.get(category) ?? category, quantity: 1, price: units(price) }
    })
    const customer = customers.get(row.customer_id)
    return order(store, row.order_id ?? '', lines, {
      status: statuses[row.order_status ?? ''],
      raw_status: row.order_status,
      customer_id: customer?.customer_unique_id,
      province: customer?.customer_state,
      placed_at: at(row.order_purchase_timestamp),
      paid_at: at(row.order_approved_at),
    })
  })
  await insert(warehouse, 'orders', orders)
  return store
}
