import { asked, type Span, within } from './span.ts'

/** What a click of the heatmap is called among events: no event is sent by this name. */
export const clickEvent = '$click'

const ofEvent =
  `message_id name occurred_at visitor_id customer_id session_id url path title page_type browser os language
  order_id sku skus category quantity value is_bot bot_reasons protocol properties`.split(/\s+/)

/** What an event takes from the session it falls into. */
const ofSession = ['channel', 'source', 'medium', 'campaign', 'device'] as const

// FINAL reads all whose keys lie between those of the rows in the spans, which is nearly everything, since names come first
// in the key. Named, the hours are found by the key. No copy of an event is lost: it has the same name and hour.
const hoursWith = (inSpans: string) => `
    AND (name, toStartOfHour(timestamp)) IN (
      SELECT name, toStartOfHour(timestamp) FROM events WHERE store_id = {store_id:String} AND ${inSpans})`

const events = (spans: readonly Span[], wide: boolean, name?: string) => `
  SELECT ${[...ofEvent, ...ofSession].join(', ')}
  FROM events FINAL
  WHERE store_id = {store_id:String} AND ${within('occurred_at', spans)}${name ? ` AND name = '${name}'` : ''}${wide ? '' : hoursWith(within('occurred_at', spans))}`

// What a click knows of its own; all else is as empty as in an event that does not say it.
const clicks = (spans: readonly Span[]) => `
  SELECT concat(view_id, '-', toString(n)) AS message_id, '${clickEvent}' AS name, occurred_at, visitor_id, '' AS customer_id, session_id, url,
    path, '' AS title, '' AS page_type, '' AS browser, '' AS os, '' AS language, '' AS order_id, '' AS sku, [] AS skus, '' AS category,
    toUInt32(0) AS quantity, toDecimal64(0, 4) AS value, is_bot, [] AS bot_reasons, 'tracker' AS protocol,
    CAST(concat('{"selector":', toJSONString(toString(selector)), ',"state":', toJSONString(toString(state)), ',"module":', toJSONString(toString(module)),
      ',"slot":', toString(slot), ',"text":', toJSONString(text), '}'), 'JSON(max_dynamic_paths=256)') AS properties,
    ${ofSession.map((column) => `'' AS ${column}`).join(', ')}
  FROM page_clicks FINAL
  WHERE store_id = {store_id:String} AND ${within('occurred_at', spans)}`

// Bounded by the spans alone, not by a longest session: the same event meets the same session whatever is asked.
const around = (spans: readonly Span[]) =>
  spans.map(({ from, to }) => `(ended_at > ${from} - INTERVAL 30 MINUTE AND started_at < ${to})`).join(' OR ') ||
  'false'

// As for events: FINAL reads by the key, which begins with the day. No version of a session is lost: it has the same day.
const sessionsAround = (spans: readonly Span[], wide: boolean) => {
  const inSpans = `store_id = {store_id:String} AND (${around(spans)})`
  const days = `AND toDate(started_at) IN (SELECT toDate(started_at) FROM sessions WHERE ${inSpans})`
  return `sessions FINAL WHERE ${inSpans} ${wide ? '' : days}`
}

// One key for both kinds of session, because a join costs more than all else: the visitor, and the sender's id with it.
const sessionKey = (id: string) => `concat(visitor_id, '\\n', ${id})`

/**
 * FROM fragment: storefront events, each message once, bots included (`is_bot`), with channel, source, medium, campaign,
 * device and entry_path of the session they fall into: the one of the sender's id where the store trusts it, else the one
 * that the pauses cut. An event that no session covers yet keeps what it says itself, its channel else being `direct`.
 * Takes the parameter `store_id`, and `from` and `to` unless spans are given.
 * @param session false leaves the join out: then the five columns are the event's own
 * @param name of the events that are wanted alone
 * @param withClicks the heatmap’s clicks too, as events of the name `clickEvent` with selector, state, module, slot and text as properties
 * @param wide false when the spans are short: then the events are found by their key, which for many costs more than it saves
 */
export function trafficFacts({
  spans = [asked],
  session = true,
  wide = true,
  name,
  withClicks = false,
}: {
  spans?: readonly Span[]
  session?: boolean
  wide?: boolean
  name?: 'payment_failed' | 'web_vitals'
  withClicks?: boolean
} = {}) {
  const told = `${events(spans, wide, name)}${withClicks ? ` UNION ALL ${clicks(spans)}` : ''}`
  if (!session) return `(${told})`
  const sessions = sessionsAround(spans, wide)
  const taken = ofSession.map((column) => {
    const own = column === 'channel' ? `if(e.channel != '', e.channel, 'direct')` : `e.${column}`
    return `if(in_session, s.${column}, ${own}) AS ${column}`
  })
  return `(
    SELECT ${ofEvent.map((column) => `e.${column} AS ${column}`).join(', ')},
      s.session_id != '' AND (e.is_sender OR e.occurred_at < s.ended_at + INTERVAL 30 MINUTE) AS in_session,
      ${taken.join(', ')}, if(in_session, s.entry_path, '') AS entry_path
    FROM (
      SELECT *, session_id != '' AND session_id IN (SELECT sender_session_id FROM ${sessions} AND sender_session_id != '') AS is_sender,
        if(is_sender, ${sessionKey('session_id')}, visitor_id) AS session_key
      FROM (${told})
    ) AS e
    ASOF LEFT JOIN (
      SELECT if(sender_session_id = '', visitor_id, ${sessionKey('sender_session_id')}) AS session_key,
        session_id, started_at, ended_at, entry_path, ${ofSession.join(', ')}
      FROM ${sessions}
    ) AS s ON e.session_key = s.session_key AND e.occurred_at >= s.started_at
  )`
}

/** FROM fragment: sessions that started in the spans, without bots; `seconds` is how long each lasted. */
export const sessionFacts = ({ spans = [asked] }: { spans?: readonly Span[] } = {}) => `(
    SELECT visitor_id, customer_id, session_id, started_at, ended_at, events, pageviews, entry_path, exit_path,
      channel, source, medium, campaign, device,
      toUInt64(intDiv(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(started_at), 1000)) AS seconds
    FROM sessions FINAL
    WHERE store_id = {store_id:String} AND NOT is_bot AND ${within('started_at', spans)}
  )`
