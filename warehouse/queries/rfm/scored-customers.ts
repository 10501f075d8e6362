import { countedOrders } from '../../metrics/sales-facts.ts'
import { type Span, within } from '../../metrics/span.ts'

/**
 * FROM fragment: customers who ordered in a span and before a moment, with their scores and segment. Recency is in whole days by the
 * store's clock; fifths are SQL's NTILE(5), ties go by the customer id as text. Takes the parameters `store_id` and `time_zone`.
 * @param as_of a moment as SQL
 */
export const scoredCustomers = ({ as_of, ...span }: Span & { as_of: string }): string => `(
  SELECT *,
    multiIf(
      r >= 4 AND f >= 4 AND m >= 4, 'champions',
      r >= 3 AND f >= 4, 'loyal',
      r >= 4 AND f >= 2, 'potential_loyalist',
      r >= 4, 'new',
      r = 3 AND f >= 2, 'need_attention',
      r = 3, 'about_to_sleep',
      f >= 4 AND m >= 4, 'cant_lose',
      f >= 3, 'at_risk',
      r = 2, 'hibernating',
      'lost') AS segment
  FROM (
    SELECT *,
      ntile(5) OVER (ORDER BY recency_days DESC, customer_id) AS r,
      ntile(5) OVER (ORDER BY frequency, customer_id) AS f,
      ntile(5) OVER (ORDER BY monetary, customer_id) AS m
    FROM (
      SELECT customer_id, max(placed_at) AS last_order_at, count() AS frequency, sum(gross) AS monetary,
        age('day', last_order_at, ${as_of}, {time_zone:String}) AS recency_days
      FROM ${countedOrders}
      WHERE ${within('placed_at', [span])} AND placed_at < ${as_of}
      GROUP BY customer_id
    )
  ))`
