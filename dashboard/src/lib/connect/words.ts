import { m } from '#lib/paraglide/messages.js'

const kinds: Record<string, () => string> = {
  event: m.connect_kind_event,
  orders: m.connect_kind_orders,
  refunds: m.connect_kind_refunds,
  products: m.connect_kind_products,
  inventory: m.connect_kind_inventory,
  spend: m.connect_kind_spend,
  tickets: m.connect_kind_tickets,
  reviews: m.connect_kind_reviews,
  click: m.connect_kind_click,
  reading: m.connect_kind_reading,
  snapshot: m.connect_kind_snapshot,
}
const protocols: Record<string, () => string> = {
  segment: m.connect_protocol_segment,
  ga4: m.connect_protocol_ga4,
  tracker: m.connect_protocol_tracker,
  records: m.connect_protocol_records,
}
const bots: Record<string, () => string> = {
  user_agent: m.connect_bot_user_agent,
  webdriver: m.connect_bot_webdriver,
}

/** What a kind of arrival is called; a name of a later release stays as it is. */
export const kindWord = (kind: string): string => kinds[kind]?.() ?? kind

/** What a protocol is called. */
export const protocolWord = (protocol: string): string => protocols[protocol]?.() ?? protocol

/** Why an event is taken for a bot’s. */
export const botWord = (reason: string): string => bots[reason]?.() ?? reason
