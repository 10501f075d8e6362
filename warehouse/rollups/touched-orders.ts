const arrived = `
  SELECT order_id FROM orders
  WHERE store_id = {store_id:String}
    AND inserted_at > {since:DateTime64(3, 'UTC')} AND inserted_at <= {until:DateTime64(3, 'UTC')}`

// The same hour, the one before and the one after: whoever places many orders within an hour places them in these.
const hours = `ARRAY JOIN [toStartOfHour(placed_at) - INTERVAL 1 HOUR, toStartOfHour(placed_at), toStartOfHour(placed_at) + INTERVAL 1 HOUR] AS hour`

/** Orders of the same people in the hours around other orders, those included. */
export const inCompany = (who: 'customer_id' | 'visitor_id', orders: string) => `
  SELECT order_id FROM orders
  WHERE store_id = {store_id:String} AND (${who}, toStartOfHour(placed_at)) IN (
    SELECT ${who}, hour FROM (${orders}) ${hours} WHERE ${who} != '')`

const stood = (ids: string) => `
  SELECT placed_at, customer_id, visitor_id FROM orders WHERE store_id = {store_id:String} AND order_id IN (${ids})
  UNION ALL
  SELECT placed_at, customer_id, visitor_id FROM order_attribution FINAL WHERE store_id = {store_id:String} AND order_id IN (${ids})`

/**
 * Writes scratch rows `touched_orders`: orders that arrived; those of the same customer or visitor in the hours around,
 * for they may become or cease to be suspect; and those placed within 30 days of a session that changed.
 *
 * Parameters: store_id, step, since (exclusive), until (inclusive).
 */
export const touchedOrders = `
  INSERT INTO touched_orders (store_id, step, order_id)
  SELECT {store_id:String}, {step:DateTime64(6, 'UTC')}, order_id FROM (
    ${arrived}
    UNION DISTINCT
    ${inCompany('customer_id', stood(arrived))}
    UNION DISTINCT
    ${inCompany('visitor_id', stood(arrived))}
    UNION DISTINCT
    SELECT o.order_id
    FROM (SELECT order_id, visitor_id, placed_at FROM orders WHERE store_id = {store_id:String} AND visitor_id IN (
      SELECT visitor_id FROM session_changes WHERE store_id = {store_id:String} AND version > {since:DateTime64(3, 'UTC')} AND version <= {until:DateTime64(3, 'UTC')})) AS o
    INNER JOIN (
      SELECT visitor_id, min(started_at) AS first_at, max(started_at) AS last_at
      FROM session_changes
      WHERE store_id = {store_id:String} AND version > {since:DateTime64(3, 'UTC')} AND version <= {until:DateTime64(3, 'UTC')}
      GROUP BY visitor_id
    ) AS s ON o.visitor_id = s.visitor_id
    WHERE o.placed_at >= s.first_at AND o.placed_at <= s.last_at + INTERVAL 30 DAY
  )`
