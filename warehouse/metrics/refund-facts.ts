import { salesFacts } from './sales-facts.ts'
import { type Span, within } from './span.ts'

const refundsIn = (condition: string) => `
  SELECT refund_id, order_id, customer_id, refunded_at, amount, reason, lines.sku AS refund_skus,
    lines.amount AS refund_amounts
  FROM refunds FINAL
  WHERE store_id = {store_id:String} AND ${condition}`

const orderDimensions = [
  'status', 'raw_status', 'order_type', 'province', 'payment_method', 'carrier', 'coupon', 'campaign', 'device', 'model', 'source',
  'placed_at', 'skus', 'categories',
] // biome-ignore format: a list of columns

const withOrders = `if(o.order_id = '', 'unattributed', o.channel) AS channel, ${orderDimensions.map((column) => `o.${column} AS ${column}`).join(', ')}`

/**
 * FROM fragment: refunds given in the spans, each once, those without an order included.
 * @param joined adds channel, status, province … of the order; a refund without one is `unattributed`
 */
export function refundFacts(spans: readonly Span[], joined: boolean): string {
  const given = within('refunded_at', spans)
  if (!joined) return `(${refundsIn(given)})`
  const ids = `SELECT order_id FROM refunds WHERE store_id = {store_id:String} AND order_id != '' AND ${given}`
  return `(
    SELECT r.*, ${withOrders}
    FROM (${refundsIn(given)}) AS r
    LEFT ANY JOIN ${salesFacts({ ids })} AS o ON r.order_id = o.order_id
  )`
}

/** FROM fragment: refunds, given by `as_of`, of the paid orders placed in the spans. */
export const returnFacts = (spans: readonly Span[], wide: boolean) => `(
    SELECT r.*, ${withOrders}
    FROM (${refundsIn(`order_id != '' AND refunded_at <= {as_of:DateTime64(3, 'UTC')}`)}) AS r
    INNER JOIN (SELECT * FROM ${salesFacts({ spans, wide })} WHERE is_paid) AS o ON r.order_id = o.order_id
  )`

/**
 * Takes refunds apart into their lines: sku, category and line_amount. A refund without lines is of its order's product
 * when the order has but one, else of the product '', which stands for “not told”; so is what its lines leave over, as
 * freight, so that the products' refunds add up to all of them.
 */
export const refundLines = (facts: string) => `(
    SELECT *, line.1 AS sku, line.2 AS line_amount, categories[indexOf(skus, sku)] AS category
    FROM (
      SELECT *, amount - arraySum(refund_amounts) AS rest,
        if(empty(refund_skus) AND length(arrayDistinct(skus)) = 1, skus[1], '') AS rest_sku
      FROM ${facts}
    )
    ARRAY JOIN arrayConcat(
      arrayMap((sku, amount) -> (sku, toDecimal128(amount, 4)), refund_skus, refund_amounts),
      if(rest != 0 OR empty(refund_skus), [(rest_sku, toDecimal128(rest, 4))], [])) AS line
  )`
