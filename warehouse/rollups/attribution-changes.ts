import { inCompany } from './touched-orders.ts'

const values = [
  'placed_at',
  'customer_id',
  'visitor_id',
  'session_id',
  'channel',
  'campaign',
  'device',
  'model',
  'suspicions',
  'order_version',
] as const

const asked = `
  SELECT order_id FROM touched_orders
  WHERE store_id = {store_id:String} AND step = {step:DateTime64(6, 'UTC')}
    AND cityHash64(order_id) % {parts:UInt32} = {part:UInt32}`

// Each order once: the ledger's row, else the browser's; visitor and session also from the browser's.
const current = (ids: string) => `
  SELECT order_id, tupleElement(head, 1) AS placed_at, tupleElement(head, 2) AS customer_id, tupleElement(head, 3) AS order_version,
    any_visitor AS visitor_id, any_session AS sender_session_id, ledger_origin, event_origin
  FROM (
    SELECT order_id,
      argMax((placed_at, toString(customer_id), version), source = 'ledger') AS head,
      argMaxIf(toString(visitor_id), source = 'ledger', visitor_id != '') AS any_visitor,
      argMaxIf(toString(session_id), source = 'ledger', session_id != '') AS any_session,
      anyIf((toString(channel), toString(campaign)), source = 'ledger') AS ledger_origin,
      anyIf((toString(channel), toString(campaign)), source = 'event') AS event_origin
    FROM orders FINAL
    WHERE store_id = {store_id:String} AND order_id IN (${ids})
    GROUP BY order_id
  )`

// Of the orders in company those that stand in an hour's length with at least so many.
const inBurst = (who: string, orders: number) => `
  ${who} != '' AND max(filled_${who}) OVER (PARTITION BY ${who} ORDER BY placed_at, order_id ROWS BETWEEN ${orders - 1} PRECEDING AND CURRENT ROW)`
const fills = (who: string, orders: number) => `
  leadInFrame(placed_at, ${orders - 1}, toDateTime64('2299-01-01', 3, 'UTC')) OVER (PARTITION BY ${who} ORDER BY placed_at, order_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
    <= placed_at + INTERVAL 1 HOUR AS filled_${who}`

/** How many orders of one customer within an hour, or from one browser, are too many to be shopping. */
const burstOrders = 10

// Without touched_orders' own people in the hours around them a burst would be cut short.
const company = `
  SELECT order_id FROM (${asked})
  UNION DISTINCT ${inCompany('customer_id', `SELECT placed_at, customer_id FROM orders WHERE store_id = {store_id:String} AND order_id IN (${asked})`)}
  UNION DISTINCT ${inCompany('visitor_id', `SELECT placed_at, visitor_id FROM orders WHERE store_id = {store_id:String} AND order_id IN (${asked})`)}`

const judged = `
  SELECT *, ${inBurst('customer_id', burstOrders)} AS customer_burst, ${inBurst('visitor_id', burstOrders)} AS visitor_burst
  FROM (SELECT *, ${fills('customer_id', burstOrders)}, ${fills('visitor_id', burstOrders)} FROM (${current(company)}))`

const sessionsBefore = `
  SELECT o.order_id AS order_id,
    argMaxIf((toString(s.channel), toString(s.campaign)), s.started_at, s.channel != 'direct') AS last_non_direct,
    argMax((s.session_id, toString(s.device)), s.started_at) AS placed_in,
    max(s.is_bot) AS had_bot
  FROM (${current(asked)}) AS o
  INNER JOIN (
    SELECT visitor_id, started_at, session_id, channel, campaign, device, is_bot
    FROM sessions FINAL
    WHERE store_id = {store_id:String}
      AND visitor_id IN (SELECT visitor_id FROM orders WHERE store_id = {store_id:String} AND order_id IN (${asked}) AND visitor_id != '')
  ) AS s ON o.visitor_id = s.visitor_id
  WHERE s.started_at <= o.placed_at AND s.started_at >= o.placed_at - INTERVAL 30 DAY
  GROUP BY order_id`

const made = `
  SELECT o.order_id AS order_id, o.placed_at AS placed_at, o.customer_id AS customer_id, o.visitor_id AS visitor_id,
    if(o.sender_session_id != '', o.sender_session_id, s.placed_in.1) AS session_id,
    multiIf(
      o.ledger_origin.1 != '', ('given', o.ledger_origin.1, o.ledger_origin.2),
      s.last_non_direct.1 != '', ('last_non_direct_30d', s.last_non_direct.1, s.last_non_direct.2),
      s.placed_in.1 != '', ('last_non_direct_30d', 'direct', ''),
      o.event_origin.1 != '', ('given', o.event_origin.1, o.event_origin.2),
      ('none', 'unattributed', '')) AS told,
    told.1 AS model, told.2 AS channel,
    multiIf(told.3 != '', told.3, o.ledger_origin.2 != '', o.ledger_origin.2, o.event_origin.2) AS campaign,
    s.placed_in.2 AS device,
    arrayFilter(rule -> rule != '', [
      if(o.customer_burst, 'customer_burst', ''), if(o.visitor_burst, 'visitor_burst', ''), if(s.had_bot, 'bot_visitor', '')]) AS suspicions,
    o.order_version AS order_version
  FROM (SELECT * FROM (${judged}) WHERE order_id IN (${asked})) AS o
  LEFT JOIN (${sessionsBefore}) AS s ON o.order_id = s.order_id`

const types = `Tuple(placed_at DateTime64(3, \\'UTC\\'), customer_id String, visitor_id String, session_id String, channel String, campaign String, device String, model String, suspicions Array(String), order_version UInt128)`
const row = `CAST(tuple(${values.join(', ')}), '${types}')`
const quarter = (time: string) => `toStartOfFifteenMinutes(toDateTime(${time}, 'UTC'))`

/**
 * Writes `attribution_changes`: where the touched orders come from by what is known now, where that differs from what
 * stands. An order that moved, or changed what it is counted under, changes the quarters it stood and stands in; a new
 * one touched its quarter itself.
 *
 * Parameters: store_id, step, parts, part.
 */
export const attributionChanges = `
  INSERT INTO attribution_changes (store_id, order_id, version, left_at, quarters, ${values.join(', ')})
  SELECT {store_id:String}, order_id, {step:DateTime64(6, 'UTC')},
    if(stood AND fresh.placed_at != stale.placed_at, stale.placed_at, NULL),
    if(stood AND (was != is OR counted), arrayDistinct([was, is]), []) AS quarters,
    ${values.map((name) => `tupleElement(fresh, '${name}')`).join(', ')}
  FROM (
    SELECT order_id, anyIf(attribution, is_new = 1) AS fresh, anyIf(attribution, is_new = 0) AS stale,
      countIf(is_new = 1) > 0 AS is_made, countIf(is_new = 0) > 0 AS stood,
      ${quarter('stale.placed_at')} AS was, ${quarter('fresh.placed_at')} AS is,
      (fresh.channel, fresh.campaign, fresh.device, fresh.visitor_id, fresh.suspicions)
        != (stale.channel, stale.campaign, stale.device, stale.visitor_id, stale.suspicions) AS counted
    FROM (
      SELECT order_id, 1 AS is_new, ${row} AS attribution FROM (${made})
      UNION ALL
      SELECT order_id, 0 AS is_new, ${row} AS attribution
      FROM order_attribution FINAL
      WHERE store_id = {store_id:String} AND order_id IN (${asked})
    )
    GROUP BY order_id
    HAVING is_made AND (NOT stood OR fresh != stale)
  )`

const columns = ['store_id', 'order_id', 'version', ...values].join(', ')

/** Writes a step's changes to `order_attribution`. Parameters: store_id, step, fence. */
export const writeAttribution = (beforeFence: string) => `
  INSERT INTO order_attribution (${columns})
  SELECT ${columns}
  FROM attribution_changes
  WHERE store_id = {store_id:String} AND version = {step:DateTime64(6, 'UTC')} AND ${beforeFence}`
