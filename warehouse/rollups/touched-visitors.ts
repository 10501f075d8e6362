/** A pause this long ends a session: events less than it apart belong together. */
export const gap = 'INTERVAL 30 MINUTE'

/** What makes a session: the pause, or the sender's session id where the store trusts it and the event has one. */
export type SessionMode = 'gap' | 'sender'

/** What an event says of its session: the sender's id, or nothing. */
export const senderSession = (mode: SessionMode) => (mode === 'sender' ? 'session_id' : `''`)

/** A session is made of what a visitor did: load times are told when a page is left, however long nobody looked at it. */
export const makesSession = `name != 'web_vitals'`

/** Whose sessions may change: those of events that were inserted in a span, or that occurred in one. */
export type Touch = 'inserted_at' | 'occurred_at'

const touching = (touch: Touch) => `
  store_id = {store_id:String} AND visitor_id != '' AND ${makesSession}
  AND ${touch} > {since:DateTime64(3, 'UTC')} AND ${touch} <= {until:DateTime64(3, 'UTC')}`

// A session of the sender's may be of any length and age; one cut by pauses lasts less than two days.
const around = (mode: SessionMode, touch: Touch) =>
  mode === 'sender'
    ? ''
    : `AND started_at > (SELECT min(occurred_at) FROM events WHERE ${touching(touch)}) - INTERVAL 49 HOUR
       AND ended_at > (SELECT min(occurred_at) FROM events WHERE ${touching(touch)}) - ${gap}
       AND started_at < (SELECT max(occurred_at) FROM events WHERE ${touching(touch)}) + ${gap}`

/**
 * Writes scratch rows `touched_visitors`: each visitor of new events, with the time between which their sessions are to
 * be made again. The window reaches from the first to the last new event, and over the sessions that lie less than a
 * pause away. Those stand apart from all others, so the window begins and ends in a pause and nothing outside changes.
 *
 * Parameters: store_id, step, since (exclusive), until (inclusive).
 */
export const touchedVisitors = (mode: SessionMode, touch: Touch) => `
  INSERT INTO touched_visitors (store_id, step, visitor_id, sender_session_id, from_at, to_at, is_continued, events)
  SELECT
    {store_id:String}, {step:DateTime64(6, 'UTC')}, visitor_id, sender_session_id,
    min(near_from), max(near_to), tupleElement(min((near_from, NOT continues)), 2) = 0, any(events)
  FROM (
    SELECT
      t.visitor_id AS visitor_id, t.sender_session_id AS sender_session_id, t.events AS events,
      s.visitor_id != '' AND (t.sender_session_id != ''
        OR (s.started_at < t.last_at + ${gap} AND s.ended_at > t.first_at - ${gap})) AS near,
      if(near, least(s.started_at, t.first_at), t.first_at) AS near_from,
      if(near, greatest(s.ended_at, t.last_at), t.last_at) AS near_to,
      near AND s.is_continued AND s.started_at <= t.first_at AS continues
    FROM (
      SELECT visitor_id, ${senderSession(mode)} AS sender_session_id,
        min(occurred_at) AS first_at, max(occurred_at) AS last_at, count() AS events
      FROM events
      WHERE ${touching(touch)}
      GROUP BY visitor_id, sender_session_id
    ) AS t
    LEFT JOIN (
      SELECT visitor_id, sender_session_id, started_at, ended_at, is_continued
      FROM sessions FINAL
      WHERE store_id = {store_id:String} AND visitor_id IN (SELECT visitor_id FROM events WHERE ${touching(touch)})
        ${around(mode, touch)}
    ) AS s ON s.visitor_id = t.visitor_id AND s.sender_session_id = t.sender_session_id
  )
  GROUP BY visitor_id, sender_session_id`
