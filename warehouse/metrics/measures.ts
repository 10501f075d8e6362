/**
 * How each base measure is counted from raw facts, in one place for the queries and for the rollups. A measure's name is
 * the rollup column that holds it.
 */
export interface Measure {
  /** An aggregate over one row a fact. */
  raw: string
  /** sum: parts add up; distinct: a uniqExact state over sipHash64, percentile: a state of all values, which merge. */
  merge: 'sum' | 'distinct' | 'percentile'
}

const count = (condition: string): Measure => ({ raw: `countIf(${condition})`, merge: 'sum' })
const sum = (value: string): Measure => ({ raw: `sum(${value})`, merge: 'sum' })
const distinct = (id: string, condition: string): Measure => ({
  raw: `uniqExactStateIf(sipHash64(${id}), ${condition})`,
  merge: 'distinct',
})

/** Over `trafficFacts`, by minute of `occurred_at`. */
export const trafficMeasures = {
  events: count('NOT is_bot'),
  pageviews: count(`NOT is_bot AND name = 'page_view'`),
  product_views: count(`NOT is_bot AND name = 'view_item'`),
  add_to_carts: count(`NOT is_bot AND name = 'add_to_cart'`),
  checkouts: count(`NOT is_bot AND name = 'begin_checkout'`),
  bot_events: count('is_bot'),
  visitors: distinct('visitor_id', `NOT is_bot AND visitor_id != ''`),
} as const satisfies Record<string, Measure>

/** Over `sessionFacts`, by minute of `started_at`. */
export const sessionMeasures = {
  sessions: { raw: 'count()', merge: 'sum' },
  bounces: count('pageviews = 1 AND events = 1'),
  session_seconds: sum('seconds'),
} as const satisfies Record<string, Measure>

/** Over `salesFacts`, by minute of `placed_at`. */
export const salesMeasures = {
  orders: { raw: 'count()', merge: 'sum' },
  paid_orders: count('is_paid'),
  units: sum('units'),
  gmv: sum('gross'),
  paid_gmv: { raw: 'sumIf(gross, is_paid)', merge: 'sum' },
  clean_gmv: { raw: 'sumIf(gross, is_paid AND NOT is_suspect)', merge: 'sum' },
  buyers: distinct('buyer', `is_paid AND buyer != ''`),
  anonymous_paid_orders: count(`is_paid AND buyer = ''`),
} as const satisfies Record<string, Measure>

export { salesFacts } from './sales-facts.ts'
export type { Span } from './span.ts'
export { clickEvent, sessionFacts, trafficFacts } from './traffic-facts.ts'
