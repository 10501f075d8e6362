import { creditHours, creditSpan, paidOrders, sessionsAround } from './facts.ts'

/** What followed a click: something put into the cart, or a paid order. */
const acts = `
  SELECT visitor_id, 'cart' AS kind, message_id AS id, occurred_at AS at, toFloat64(0) AS gross
  FROM events FINAL
  WHERE store_id = {store_id:String} AND name = 'add_to_cart' AND NOT is_bot AND visitor_id != ''
    AND occurred_at >= ${creditSpan.from} AND occurred_at < ${creditSpan.to}
  UNION ALL
  SELECT visitor_id, 'order' AS kind, order_id AS id, placed_at AS at, gross FROM (${paidOrders})`

/** What the rows of creditFacts are counted into. */
export const creditColumns = `
      countIf(kind = 'cart' AND in_session) AS carts_in_session,
      countIf(kind = 'cart') AS carts,
      countIf(kind = 'order' AND in_session) AS orders_in_session,
      countIf(kind = 'order') AS orders,
      sumIf(gross, in_session) AS gmv_in_session,
      sum(gross) AS gmv,
      countIf(kind = 'order' AND is_last) AS last_click_orders,
      sumIf(gross, is_last) AS last_click_gmv,
      sumIf(gross * gross, is_last) AS last_click_gmv_squares`

/**
 * FROM fragment: what followed clicks, a row for each act and each target clicked before it. An act is credited to every target that
 * its visitor clicked in the 24 hours before it, and once (`is_last`) to the one clicked last; `in_session`: also within the visit of
 * the click, which ends 30 minutes after its last event.
 * @param clicks FROM fragment of clicks
 * @param target columns of clicks that tell what was clicked, by their names here
 */
export function creditFacts(clicks: string, target: Readonly<Record<string, string>>): string {
  const names = Object.keys(target)
  const columns = Object.entries(target).map(([name, sql]) => `${sql} AS ${name}`)
  return `(
    SELECT ${names.join(', ')}, kind, id, any(j.gross) AS gross, max(j.in_session) AS in_session, max(j.is_last) AS is_last,
      max(j.clicked_at) AS clicked_at
    FROM (
      SELECT ${names.map((name) => `c.${name} AS ${name}`).join(', ')}, c.clicked_at AS clicked_at,
        a.kind AS kind, a.id AS id, a.gross AS gross,
        a.at < c.until AS in_session,
        row_number() OVER (PARTITION BY a.kind, a.id ORDER BY c.clicked_at DESC, c.view_id DESC, c.n DESC) = 1 AS is_last
      FROM (
        SELECT k.*, if(s.visitor_id != '' AND k.clicked_at < s.until, s.until, k.clicked_at + INTERVAL 30 MINUTE) AS until
        FROM (
          SELECT visitor_id, view_id, n, occurred_at AS clicked_at, ${columns.join(', ')}
          FROM ${clicks}
          WHERE visitor_id != '' AND visitor_id IN (SELECT visitor_id FROM (${acts}))
        ) AS k
        ASOF LEFT JOIN (${sessionsAround}) AS s ON k.visitor_id = s.visitor_id AND k.clicked_at >= s.started_at
      ) AS c
      INNER JOIN (${acts}) AS a ON a.visitor_id = c.visitor_id
      WHERE a.at >= c.clicked_at AND a.at <= c.clicked_at + INTERVAL ${creditHours} HOUR
    ) AS j
    GROUP BY ${[...names, 'kind', 'id'].join(', ')}
  )`
}
