import { fromUnits, toMoney, toUnits } from '../money.ts'
import { BadField } from './field-problem.ts'

type Properties = Readonly<Record<string, unknown>>

/** One product of an event. */
interface Item {
  sku: string
  name: string
  category: string
  quantity: number
  /** Of a unit as sold, after its discounts. */
  price: string | undefined
}

export interface Commerce {
  order_id: string
  items: Item[]
  sku: string
  skus: string[]
  category: string
  quantity: number
  /** Goods after discounts, without shipping and tax; undefined when nothing tells it. */
  value: string | undefined
  currency: string
  shipping: string
  tax: string
  discount: string
  coupon: string
  /** What the buyer paid in all, where it is told. */
  total: string | undefined
}

/** The properties that have a column, and so are not kept a second time in the JSON. */
export const commerceColumns: ReadonlySet<string> = new Set([
  'order_id',
  'orderId',
  'transaction_id',
  'value',
  'revenue',
  'currency',
  'quantity',
  'sku',
  'product_id',
  'item_id',
  'category',
  'session_id',
  'sessionId',
  'page_type',
])

const mostItems = 500
/** What a UInt32 holds. */
const mostUnits = 0xffffffff

const asText = (value: unknown, longest = 256): string => {
  if (typeof value === 'string') return value.trim().slice(0, longest)
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}

const first = (source: Properties, ...keys: string[]): unknown => {
  for (const key of keys) {
    const value = source[key]
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

function amount(source: Properties, path: string, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const value = source[key]
    if (value === undefined || value === null || value === '') continue
    const money = toMoney(value)
    if (money === undefined) throw new BadField('invalid_amount', `${path}.${key}`, 'must be an amount, as in 19.90')
    return money
  }
  return undefined
}

function count(source: Properties, path: string): number | undefined {
  const value = source.quantity
  if (value === undefined || value === null || value === '') return undefined
  const quantity = Number(value)
  if (Number.isInteger(quantity) && quantity >= 0 && quantity <= mostUnits) return quantity
  throw new BadField('invalid_quantity', `${path}.quantity`, 'must be a whole number, 0 or more')
}

/** @throws BadField for a number that has lost digits on its way through JSON */
function idOf(source: Properties, path: string, ...keys: string[]): string {
  const value = first(source, ...keys)
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return asText(value)
  const key = keys.find((each) => source[each] === value)
  throw new BadField('invalid_id', `${path}.${key}`, 'must be a text: a number of so many digits is not kept exactly')
}

const skuOf = (source: Properties, path: string, ...more: string[]) =>
  idOf(source, path, 'sku', 'product_id', 'productId', 'item_id', 'itemId', ...more)

function readItem(source: unknown, path: string): Item {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    throw new BadField('invalid_item', path, 'must be an object')
  }
  const item = source as Properties
  return {
    sku: skuOf(item, path, 'id'),
    name: asText(first(item, 'name', 'item_name', 'title'), 500),
    category: asText(first(item, 'category', 'item_category')),
    quantity: count(item, path) ?? 1,
    price: amount(item, path, 'price'),
  }
}

function readItems(properties: Properties): Item[] {
  const key = Array.isArray(properties.products) ? 'products' : 'items'
  const list = properties[key]
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) throw new BadField('invalid_items', `properties.${key}`, 'must be a list of products')
  if (list.length > mostItems) {
    throw new BadField('too_many_items', `properties.${key}`, `may have ${mostItems} products`)
  }
  return list.map((item, index) => readItem(item, `properties.${key}[${index}]`))
}

const sumOf = (items: Item[]): string =>
  fromUnits(items.reduce((sum, { price, quantity }) => sum + toUnits(price ?? '0') * BigInt(quantity), 0n))

/**
 * What the goods of an event are worth. By both specifications `value` (GA4) and `revenue` (Segment) are the goods after
 * discounts without shipping and tax, and `subtotal` is the same; `total` has shipping and tax in it. Where none is told
 * it is the sum of price × quantity.
 */
function goodsValue(properties: Properties, items: Item[], shipping: string, tax: string): string | undefined {
  const told = amount(properties, 'properties', 'value', 'revenue', 'subtotal')
  if (told !== undefined) return told
  const total = amount(properties, 'properties', 'total')
  if (total !== undefined) return fromUnits(toUnits(total) - toUnits(shipping) - toUnits(tax))
  if (items.some(({ price }) => price !== undefined)) return sumOf(items)
  const price = amount(properties, 'properties', 'price')
  return price === undefined ? undefined : fromUnits(toUnits(price) * BigInt(count(properties, 'properties') ?? 1))
}

/** A product of two amounts that fit may itself be too large. */
function inBounds(value: string | undefined): string | undefined {
  if (value === undefined || toMoney(value) !== undefined) return value
  throw new BadField('invalid_amount', 'properties.value', 'is too large in all')
}

function currencyOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return ''
  const code = asText(value).toUpperCase()
  if (/^[A-Z]{3}$/.test(code)) return code
  throw new BadField('invalid_currency', 'properties.currency', 'must be an ISO 4217 code, as in CNY')
}

/**
 * The e-commerce columns of an event, from GA4's and Segment's properties.
 * @throws BadField that names the property
 */
export function readCommerce(properties: Properties): Commerce {
  const items = readItems(properties)
  const sku = skuOf(properties, 'properties')
  const skus = [...new Set([sku, ...items.map((item) => item.sku)])].filter((each) => each !== '')
  const shipping = amount(properties, 'properties', 'shipping') ?? '0'
  const tax = amount(properties, 'properties', 'tax') ?? '0'
  return {
    order_id: idOf(properties, 'properties', 'order_id', 'transaction_id', 'orderId'),
    items,
    sku: skus[0] ?? '',
    skus,
    category: asText(first(properties, 'category', 'item_category')) || (items[0]?.category ?? ''),
    quantity:
      count(properties, 'properties') ??
      Math.min(
        mostUnits,
        items.reduce((sum, { quantity }) => sum + quantity, 0),
      ),
    value: inBounds(goodsValue(properties, items, shipping, tax)),
    currency: currencyOf(properties.currency),
    shipping,
    tax,
    discount: amount(properties, 'properties', 'discount') ?? '0',
    coupon: asText(properties.coupon),
    total: amount(properties, 'properties', 'total'),
  }
}
