import { randomUUID } from 'node:crypto'
import { placementOf } from '@guanlan/warehouse/channels'
import type { Store } from '../access/directory.ts'
import { toText } from '../time.ts'
import { type Commerce, commerceColumns, readCommerce } from './commerce.ts'
import { isCookieless } from './cookieless.ts'
import { BadField, explain, type FieldProblem } from './field-problem.ts'
import { type Message, message } from './message.ts'
import { canonicalName } from './names.ts'
import { readPage } from './page.ts'
import type { Personal } from './personal.ts'
import { cleanProperties, longestProperties, TooMany } from './properties.ts'
import { orderOfPurchase } from './purchase.ts'
import { readUserAgent } from './user-agent.ts'
import { placeInTime, readSentAt, readTime } from './when.ts'

/** How an event came. */
export interface Arrival {
  store: Store
  personal: Personal
  protocol: 'segment' | 'ga4' | 'tracker'
  /** By our clock, in milliseconds. */
  receivedAt: number
  /** When the whole body was sent by the sender's clock; a message's own comes before it. */
  sentAt?: string | number | null | undefined
  /** Of the request; used where the message names none and the request is a browser's own. */
  userAgent: string
  /** Stands in for the visitor that a cookieless message of the tracker does not name. */
  visitor?: string
}

/** The line of a row of `events`, and what a purchase makes besides. */
export interface Accepted {
  line: string
  is_bot: boolean
  order?: string
  /** Why a purchase made no order. */
  warning?: FieldProblem
}

const text = (id: string | number | null | undefined): string =>
  id === null || id === undefined ? '' : String(id).trim()

function nameOf({ type, event }: Message): string {
  if (type === 'page') return 'page_view'
  if (type === 'screen') return 'screen_view'
  if (type !== 'track') return type
  const name = event?.trim() ?? ''
  if (name === '') throw new BadField('missing_field', 'event', 'is required: the name of the event')
  if (name.length > 200) throw new BadField('too_long', 'event', 'may have 200 characters')
  return canonicalName(name)
}

/** A visitor is a browser; where only the customer is known, the customer's own stands in, the same each time. */
function whoOf(sent: Message, { personal, visitor: standIn = '' }: Arrival) {
  const { type, anonymousId, userId, previousId } = sent
  const customer_id = text(userId) && personal.pseudonym(text(userId))
  const named = text(type === 'alias' ? (previousId ?? anonymousId) : anonymousId)
  const visitor = named || (isCookieless(sent) ? standIn : '')
  if (visitor === '' && customer_id === '') {
    throw new BadField('missing_field', 'anonymousId', 'is required, or userId')
  }
  return { customer_id, visitor_id: visitor ? personal.pseudonym(visitor) : `customer:${customer_id}` }
}

function botReasons(userAgentIsBot: boolean, webdriver: boolean | null | undefined): string[] {
  return [...(userAgentIsBot ? ['user_agent'] : []), ...(webdriver === true ? ['webdriver'] : [])]
}

/** What Segment's page calls repeat of the page. */
const pageColumns: ReadonlySet<string> = new Set([...commerceColumns, 'url', 'path', 'title', 'referrer', 'search'])

function propertiesOf(sent: Message, personal: Personal): string {
  const leaveOut = sent.type === 'page' ? pageColumns : commerceColumns
  const clean = cleanProperties(sent.properties ?? {}, personal, { leaveOut })
  if (sent.traits) clean.traits = cleanProperties(sent.traits, personal, { person: true })
  if (sent.type === 'group' && sent.groupId) clean.group_id = personal.pseudonym(text(sent.groupId))
  if (sent.type === 'screen' && sent.name) clean.screen_name = personal.text(sent.name)
  const json = JSON.stringify(clean)
  if (json.length > longestProperties) {
    throw new BadField('too_large', 'properties', `may have ${longestProperties} bytes`)
  }
  return json
}

const orUndefined = (value: string): string | undefined => (value === '' ? undefined : value)

function write(sent: Message, arrival: Arrival): Accepted {
  const { store, personal, receivedAt } = arrival
  const name = personal.text(nameOf(sent))
  const { customer_id, visitor_id } = whoOf(sent, arrival)
  const given = readTime(sent.timestamp, 'timestamp') ?? readTime(sent.originalTimestamp, 'originalTimestamp')
  const timestamp = given ?? receivedAt
  const sentAt = given === undefined ? undefined : readSentAt(sent.sentAt ?? arrival.sentAt)
  const occurredAt = placeInTime(timestamp, sentAt, receivedAt)
  const context = sent.context ?? {}
  const page = readPage(sent, personal)
  const { channel, source, medium } = placementOf(page.origin)
  const commerce: Commerce = readCommerce(sent.properties ?? {})
  const agent = readUserAgent(context.userAgent || (arrival.userAgent.startsWith('Mozilla/') ? arrival.userAgent : ''))
  const bot_reasons = botReasons(agent.is_bot, context.webdriver)
  const mobile = /^(ios|android|phone|mobile)$/i.test(context.device?.type ?? '')
  const session_id = personal.pseudonym(text(context.sessionId ?? context.session_id) || sessionOf(sent.properties))
  const properties = propertiesOf(sent, personal)
  const isTracker = context.library?.name === 'guanlan'
  // What is empty is left out: ClickHouse fills it in, and the spool is a third smaller.
  const row = {
    store_id: store.store_id,
    message_id: personal.text(text(sent.messageId)) || randomUUID(),
    name,
    timestamp: toText(timestamp),
    occurred_at: toText(occurredAt),
    received_at: toText(receivedAt),
    visitor_id,
    customer_id: orUndefined(customer_id),
    session_id: orUndefined(session_id),
    url: orUndefined(page.url),
    path: orUndefined(page.path),
    title: orUndefined(page.title),
    referrer: orUndefined(page.referrer),
    page_type: orUndefined(page.page_type),
    channel: orUndefined(channel),
    source: orUndefined(source),
    medium: orUndefined(medium),
    campaign: orUndefined(page.campaign),
    device: agent.device === 'other' && mobile ? 'phone' : agent.device,
    browser: orUndefined(agent.browser),
    os: orUndefined(agent.os || (context.os?.name ?? '').slice(0, 100)),
    language: context.locale?.slice(0, 35) || undefined,
    order_id: orUndefined(commerce.order_id),
    sku: orUndefined(commerce.sku),
    skus: commerce.skus.length > 0 ? commerce.skus : undefined,
    category: orUndefined(commerce.category),
    quantity: commerce.quantity || undefined,
    value: commerce.value,
    currency: orUndefined(commerce.currency),
    is_bot: bot_reasons.length > 0 || undefined,
    bot_reasons: bot_reasons.length > 0 ? bot_reasons : undefined,
    protocol: isTracker ? 'tracker' : arrival.protocol,
  }
  const accepted: Accepted = {
    line: `${JSON.stringify(row).slice(0, -1)},"properties":${properties}}`,
    is_bot: bot_reasons.length > 0,
  }
  if (name !== 'purchase') return accepted
  const facts = { store_id: store.store_id, timestamp, occurredAt, receivedAt, visitor_id, customer_id, session_id }
  const made = orderOfPurchase({ ...facts, campaign: page.campaign }, commerce, store.currency)
  return 'line' in made ? { ...accepted, order: made.line } : { ...accepted, warning: made.problem }
}

const sessionOf = (properties: Message['properties']) => {
  const id = properties?.session_id ?? properties?.sessionId
  return typeof id === 'string' || typeof id === 'number' ? String(id).trim().slice(0, 256) : ''
}

/** Reads one message; a bad one is answered with its reason and stops no other. */
export function toEvent(sent: unknown, arrival: Arrival): Accepted | { problem: FieldProblem } {
  const parsed = message.safeParse(sent)
  if (!parsed.success) return { problem: explain(parsed.error, sent) }
  try {
    return write(parsed.data, arrival)
  } catch (error) {
    if (error instanceof BadField) return { problem: { code: error.code, path: error.path, message: error.message } }
    if (error instanceof TooMany) return { problem: { code: error.code, path: 'properties', message: error.message } }
    throw error
  }
}
