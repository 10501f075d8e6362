import { asked, type Span, within } from './span.ts'

/**
 * Which orders: placed in the spans, or those that a subquery of ids names, whenever placed, or all. `wide` says that the
 * spans hold a good part of the store's orders, so that picking them by id first would cost more than it saves.
 */
export type Orders = { spans: readonly Span[]; wide?: boolean } | { ids: string } | 'all'

const placedIn = (orders: Orders): string =>
  orders !== 'all' && 'spans' in orders ? within('placed_at', orders.spans) : 'true'

// Ids of the orders, with some that have moved away since: by them, the key, everything else is found without reading all.
function among(orders: Orders): string {
  if (orders === 'all') return ''
  if ('ids' in orders) return `AND order_id IN (${orders.ids})`
  if (orders.wide) return ''
  return `AND order_id IN (SELECT order_id FROM orders WHERE store_id = {store_id:String} AND ${placedIn(orders)})`
}

/**
 * One row an order of the store, the ledger's where there is one, else the browser's. A browser's row is left out when
 * the ledger knows the order at all, even in another period: an order is never counted on two days.
 */
const currentOrders = (orders: Orders) => `
  SELECT * FROM orders FINAL
  WHERE store_id = {store_id:String} AND ${placedIn(orders)} ${among(orders)}
    AND (source = 'ledger' OR order_id NOT IN (
      SELECT order_id FROM orders
      WHERE store_id = {store_id:String} AND source = 'ledger' AND order_id IN (
        SELECT order_id FROM orders WHERE store_id = {store_id:String} AND source = 'event' AND ${placedIn(orders)})))`

const attribution = (orders: Orders) => `
  SELECT order_id, visitor_id, session_id, channel, campaign, device, model, suspicions
  FROM order_attribution FINAL
  WHERE store_id = {store_id:String} ${among(orders)}`

/** Who bought: the customer, else the visitor of an order that only the browser told of, else empty. */
const buyerOf = (o: string) => `multiIf(${o}.customer_id != '', concat('customer ', ${o}.customer_id),
        ${o}.source = 'event' AND ${o}.visitor_id != '', concat('visitor ', ${o}.visitor_id), '')`

/**
 * FROM fragment: orders, each once, of every status, with units, the buyer and where they came from. Takes the parameter
 * `store_id`, and `from` and `to` unless other orders are named.
 * A channel that the ledger gives stands; else that of order_attribution, whose job also knows the ledger order's own purchase event.
 */
export const salesFacts = (orders: Orders = { spans: [asked] }) => `(
    SELECT o.order_id AS order_id, o.source AS source, o.status AS status, o.raw_status AS raw_status, o.type AS order_type,
      o.customer_id AS customer_id, if(o.visitor_id != '', o.visitor_id, a.visitor_id) AS visitor_id,
      if(o.session_id != '', o.session_id, a.session_id) AS session_id,
      o.placed_at AS placed_at, o.updated_at AS updated_at, o.paid_at AS paid_at, isNotNull(o.paid_at) AS is_paid,
      o.delivered_at AS delivered_at, o.cancelled_at AS cancelled_at,
      o.gross AS gross, o.discount AS discount, o.shipping AS shipping, o.tax AS tax, o.coupon AS coupon,
      o.province AS province, o.payment_method AS payment_method, o.carrier AS carrier,
      arraySum(o.lines.quantity) AS units, o.lines.line_no AS line_nos, o.lines.sku AS skus, o.lines.name AS names,
      o.lines.category AS categories, o.lines.quantity AS quantities, o.lines.price AS prices, o.lines.discount AS discounts,
      ${buyerOf('o')} AS buyer,
      o.source = 'ledger' AND o.channel != '' AS is_given,
      multiIf(is_given, o.channel, a.channel != '', a.channel, o.channel != '', o.channel, 'unattributed') AS channel,
      multiIf(is_given, o.campaign, a.channel != '', a.campaign, o.campaign) AS campaign,
      a.device AS device, if(a.model != '', a.model, 'none') AS model, notEmpty(a.suspicions) AS is_suspect
    FROM (${currentOrders(orders)}) AS o
    LEFT ANY JOIN (${attribution(orders)}) AS a ON o.order_id = a.order_id
  )`

/** FROM fragment: of those orders, each buyer's first paid one ever. */
export const firstOrderFacts = (orders: Orders) => `(
    SELECT * FROM ${salesFacts(orders)}
    WHERE is_paid AND order_id IN (
      SELECT argMin(o.order_id, (o.placed_at, o.order_id))
      FROM (${currentOrders('all')}) AS o
      WHERE isNotNull(o.paid_at) AND ${buyerOf('o')} != ''
      GROUP BY ${buyerOf('o')})
  )`

/** FROM fragment: the orders that became unfulfillable in the spans, by when their record last changed. */
export function exceptionFacts(spans: readonly Span[]): string {
  const became = `status = 'unfulfillable' AND ${within('updated_at', spans)}`
  const ids = `SELECT order_id FROM orders WHERE store_id = {store_id:String} AND ${became}`
  return `(SELECT * FROM ${salesFacts({ ids })} WHERE ${became})`
}

/** FROM fragment: every order, ever, but cancelled and unfulfillable ones. Takes the parameter `store_id`. */
export const allCountedOrders = `(
    SELECT customer_id, order_id, placed_at, gross
    FROM (${currentOrders('all')})
    WHERE status NOT IN ('cancelled', 'unfulfillable')
  )`

/** FROM fragment: what repurchase, cohorts and RFM look at: the counted orders of known customers. */
export const countedOrders = `(SELECT * FROM ${allCountedOrders} WHERE customer_id != '')`
