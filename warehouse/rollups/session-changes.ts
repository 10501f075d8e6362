import { gap, makesSession, type SessionMode, senderSession } from './touched-visitors.ts'

/** Columns of a session besides its key (store_id, visitor_id, started_at, session_id). */
const values = {
  ended_at: `DateTime64(3, 'UTC')`,
  sender_session_id: 'String',
  is_continued: 'Bool',
  customer_id: 'String',
  events: 'UInt32',
  pageviews: 'UInt32',
  entry_path: 'String',
  exit_path: 'String',
  referrer: 'String',
  channel: 'String',
  source: 'String',
  medium: 'String',
  campaign: 'String',
  device: 'String',
  is_bot: 'Bool',
} as const

const names = Object.keys(values)
const row = `CAST(tuple(${names.join(', ')}), 'Tuple(${Object.entries(values)
  .map(([name, type]) => `${name} ${type.replaceAll("'", "\\'")}`)
  .join(', ')})')`

const windows = `
  SELECT visitor_id, sender_session_id, from_at, to_at, is_continued AS continues
  FROM touched_visitors
  WHERE store_id = {store_id:String} AND step = {step:DateTime64(6, 'UTC')}
    AND cityHash64(visitor_id) % {parts:UInt32} = {part:UInt32}`

const members = (mode: SessionMode) => `
  SELECT e.*, w.continues AS continues
  FROM (
    SELECT visitor_id, ${senderSession(mode)} AS sender_session_id, occurred_at, message_id, name, customer_id, path, referrer,
      channel, source, medium, campaign, device, is_bot
    FROM events FINAL
    WHERE store_id = {store_id:String} AND ${makesSession}
      AND occurred_at >= {from:DateTime64(3, 'UTC')} AND occurred_at <= {to:DateTime64(3, 'UTC')}
      AND visitor_id IN (SELECT visitor_id FROM (${windows}))
  ) AS e
  INNER JOIN (${windows}) AS w ON e.visitor_id = w.visitor_id AND e.sender_session_id = w.sender_session_id
  WHERE e.occurred_at >= w.from_at AND e.occurred_at <= w.to_at`

// A chain is what lies between two pauses. Somebody who makes none, a monitor most likely, would make it, and the work
// for each of its events, grow for ever: whoever was active all through a UTC day begins a new session at its end.
const pieces = (mode: SessionMode) => `
  SELECT *,
    if(chain = 0 AND continues, toDateTime64(0, 3, 'UTC'), min(occurred_at) OVER (PARTITION BY visitor_id, sender_session_id, chain)) AS chain_from,
    toStartOfDay(occurred_at) AS midnight,
    if(sender_session_id = '' AND chain_from <= midnight - INTERVAL 1 DAY, toUnixTimestamp(midnight), 0) AS cut
  FROM (
    SELECT *, sum(pause) OVER (PARTITION BY visitor_id, sender_session_id ORDER BY occurred_at, message_id ROWS UNBOUNDED PRECEDING) AS chain
    FROM (
      SELECT *,
        lagInFrame(occurred_at, 1, occurred_at) OVER (PARTITION BY visitor_id, sender_session_id ORDER BY occurred_at, message_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before,
        sender_session_id = '' AND occurred_at >= before + ${gap} AS pause
      FROM (${members(mode)})
    )
  )`

const first = (column: string) => `argMinIf(${column}, (occurred_at, message_id), ${column} != '')`
const last = (column: string) => `argMaxIf(${column}, (occurred_at, message_id), ${column} != '')`
const origin = `argMinIf((toString(channel), toString(source), toString(medium), toString(campaign)), (occurred_at, message_id), channel != '')`

const made = (mode: SessionMode) => `
  SELECT visitor_id, started_at, session_id, 1 AS is_new, ${row} AS session
  FROM (
    SELECT
      p.visitor_id AS visitor_id, p.sender_session_id AS sender_session_id,
      min(p.occurred_at) AS started_at, max(p.occurred_at) AS ended_at, p.cut > 0 AS is_continued,
      if(p.sender_session_id != '', p.sender_session_id,
        lower(hex(sipHash64(p.visitor_id, toUnixTimestamp64Milli(started_at))))) AS session_id,
      ${last('p.customer_id')} AS customer_id, count() AS events, countIf(p.name = 'page_view') AS pageviews,
      ${first('p.path')} AS entry_path, ${last('p.path')} AS exit_path,
      argMin(p.referrer, (p.occurred_at, p.message_id)) AS referrer,
      ${origin.replaceAll(/\b(channel|source|medium|campaign|occurred_at|message_id)\b/g, 'p.$1')} AS told,
      if(told.1 = '', 'direct', told.1) AS channel, told.2 AS source, told.3 AS medium, told.4 AS campaign,
      ${first('p.device')} AS device, max(p.is_bot) AS is_bot
    FROM (${pieces(mode)}) AS p
    GROUP BY p.visitor_id, p.sender_session_id, p.chain, p.cut
  )`

const standing = `
  SELECT s.visitor_id AS visitor_id, s.started_at AS started_at, s.session_id AS session_id, 0 AS is_new, s.session AS session
  FROM (
    SELECT visitor_id, started_at, session_id, ended_at AS last_at, sender_session_id AS sender, ${row} AS session
    FROM sessions FINAL
    WHERE store_id = {store_id:String}
      AND started_at >= {from:DateTime64(3, 'UTC')} AND started_at <= {to:DateTime64(3, 'UTC')}
      AND visitor_id IN (SELECT visitor_id FROM (${windows}))
  ) AS s
  INNER JOIN (${windows}) AS w ON s.visitor_id = w.visitor_id AND s.sender = w.sender_session_id
  WHERE s.started_at >= w.from_at AND s.last_at <= w.to_at`

const quarter = (time: string) => `toStartOfFifteenMinutes(toDateTime(${time}, 'UTC'))`

/**
 * Writes `session_changes`: sessions of the touched visitors as their events make them now, where that differs from what
 * stands; one that is no more, as deleted. Beside each the quarters whose numbers change with it:
 * - a session that is new covers new events, and they touched their quarters themselves;
 * - a session that lasts longer changes the quarter in which it began, unless a bot's;
 * - one that changes its origin, or is no more, changes all that it covers.
 *
 * Parameters: store_id, step, parts, part; from and to, which bound the windows; all: mark all that a new session covers.
 */
export const sessionChanges = (mode: SessionMode) => `
  INSERT INTO session_changes (store_id, visitor_id, started_at, session_id, version, is_deleted, quarters, ${names.join(', ')})
  SELECT {store_id:String}, visitor_id, started_at, session_id, {step:DateTime64(6, 'UTC')}, NOT is_made, quarters,
    ${names.map((name) => `tupleElement(if(is_made, fresh, stale), '${name}')`).join(', ')}
  FROM (
    SELECT visitor_id, started_at, session_id,
      anyIf(session, is_new = 1) AS fresh, anyIf(session, is_new = 0) AS stale,
      countIf(is_new = 1) > 0 AS is_made, countIf(is_new = 0) > 0 AS stood,
      (fresh.channel, fresh.campaign, fresh.device) != (stale.channel, stale.campaign, stale.device) AS has_other_origin,
      multiIf(
        NOT is_made OR (stood AND has_other_origin) OR (NOT stood AND {all:Bool}), 2,
        NOT stood OR (fresh.is_bot AND stale.is_bot), 0,
        1) AS reach,
      intDiv(toUnixTimestamp(${quarter('greatest(fresh.ended_at, stale.ended_at)')}) - toUnixTimestamp(${quarter('started_at')}), 900) AS more,
      arrayMap(i -> ${quarter('started_at')} + 900 * i, range(toUInt64(multiIf(reach = 2, more + 1, reach)))) AS quarters
    FROM (${made(mode)} UNION ALL ${standing})
    GROUP BY visitor_id, started_at, session_id
    HAVING is_made != stood OR fresh != stale
  )`

/** Marks the quarters of a step's changes as touched now. Parameters: store_id, step. */
export const touchQuarters = (changes: 'session_changes' | 'attribution_changes') => `
  INSERT INTO touched_quarters (store_id, source, quarter, touched_at, facts)
  SELECT {store_id:String}, '${changes === 'session_changes' ? 'traffic' : 'sales'}', quarter, max(now64(3)), 0
  FROM ${changes} ARRAY JOIN quarters AS quarter
  WHERE store_id = {store_id:String} AND version = {step:DateTime64(6, 'UTC')}
  GROUP BY quarter`

const columns = ['store_id', 'visitor_id', 'started_at', 'session_id', 'version', 'is_deleted', ...names].join(', ')

/** Writes a step's changes to `sessions`. Parameters: store_id, step, fence. */
export const writeSessions = (beforeFence: string) => `
  INSERT INTO sessions (${columns})
  SELECT ${columns}
  FROM session_changes
  WHERE store_id = {store_id:String} AND version = {step:DateTime64(6, 'UTC')} AND ${beforeFence}`
