import { type Measure, salesMeasures, sessionMeasures, trafficMeasures } from './measures.ts'
import type { Source } from './metric.ts'
import { refundFacts, refundLines, returnFacts } from './refund-facts.ts'
import { exceptionFacts, firstOrderFacts, salesFacts } from './sales-facts.ts'
import type { Span } from './span.ts'
import { sessionFacts, trafficFacts } from './traffic-facts.ts'

/** A source, or the same facts line by line, which is how they are read when a product is asked of. */
export type Reading = Source | 'sale_lines' | 'refund_lines' | 'return_lines' | 'payments' | 'load_times' | 'exceptions'

/** A measure of a reading; `rollup` is its expression over rollup rows when no column bears its name. */
interface ReadingMeasure extends Measure {
  rollup?: string
}

interface Facts {
  /** The column that says when. */
  time: string
  measures: Readonly<Record<string, ReadingMeasure>>
  /**
   * @param joined whether a dimension is asked that only the joined table knows
   * @param days how long the spans are together
   */
  facts: (spans: readonly Span[], joined: boolean, days: number) => string
  /** The family of rollups that holds the same measures. */
  rollup?: 'traffic' | 'sales'
  /** How the source is read when a product is asked of. */
  lines?: Reading
}

/** From here on a store's facts are better read at once than found one by one by their keys. */
const wideDays = { orders: 92, events: 14 }

const lost = `status IN ('cancelled', 'unfulfillable')`
const sum = (raw: string): ReadingMeasure => ({ raw: `sum(${raw})`, merge: 'sum' })
const distinct = (id: string, condition: string): ReadingMeasure => ({
  raw: `uniqExactStateIf(sipHash64(${id}), ${condition})`,
  merge: 'distinct',
})

const ordersByStatus: Record<string, ReadingMeasure> = {
  counted_orders: { raw: `countIf(NOT ${lost})`, merge: 'sum', rollup: `sumIf(orders, NOT ${lost})` },
  unpaid_gmv: { ...sum(`if(is_paid OR ${lost}, 0, gross)`), rollup: `sumIf(gmv - paid_gmv, NOT ${lost})` },
  cancelled_gmv: { ...sum(`if(is_paid OR NOT ${lost}, 0, gross)`), rollup: `sumIf(gmv - paid_gmv, ${lost})` },
}

// An order stands in several lines: what counts orders must count them once.
const lineMeasures: Record<string, ReadingMeasure> = {
  orders: distinct('order_id', 'true'),
  counted_orders: distinct('order_id', `NOT ${lost}`),
  paid_orders: distinct('order_id', 'is_paid'),
  units: sum('quantity'),
  gmv: sum('amount'),
  paid_gmv: sum('if(is_paid, amount, 0)'),
  clean_gmv: sum('if(is_paid AND NOT is_suspect, amount, 0)'),
  unpaid_gmv: sum(`if(is_paid OR ${lost}, 0, amount)`),
  cancelled_gmv: sum(`if(is_paid OR NOT ${lost}, 0, amount)`),
  buyers: salesMeasures.buyers,
  anonymous_paid_orders: distinct('order_id', `is_paid AND buyer = ''`),
}

// As LEFT ARRAY JOIN, which takes half as long again.
const atLeastOne = (lines: string) => lines.replace(/^\w+/, 'arrayResize($&, greatest(length(skus), 1))')

// An order told without lines is of the product '', which stands for “not told”. The product of two numbers is wider than
// either: no quantity that a sender may tell must break the question for all products.
const saleLines = (spans: readonly Span[], wide: boolean) => `(
    SELECT *, sku, category, quantity,
      if(empty(skus), toDecimal128(gross, 4), quantity * toDecimal128(price, 4) - line_discount) AS amount
    FROM ${salesFacts({ spans, wide })}
    ARRAY JOIN ${['skus AS sku', 'categories AS category', 'quantities AS quantity', 'prices AS price', 'discounts AS line_discount'].map(atLeastOne).join(', ')}
  )`

const spendFacts = `(
    SELECT day, channel, campaign, amount, impressions, clicks FROM ad_spend FINAL
    WHERE store_id = {store_id:String} AND day >= {from_day:Date32} AND day < {to_day:Date32}
  )`

/** What a browser told of a page's loading, by the name that web-vitals has for it; NULL where it did not. */
const vital = (name: string) => `toFloat64OrNull(toString(properties.${name}))`
/** Largest contentful paint, in milliseconds. */
const lcp = vital('lcp')

/** The state of the 75th percentile, between two values in proportion, as a spreadsheet's PERCENTILE.INC has it. */
export const percentileOf = { state: 'quantileExactInclusiveState(0.75)', merge: 'quantileExactInclusiveMerge(0.75)' }
const p75 = (name: string): ReadingMeasure => ({
  // A value that is no number says nothing, nor does one that no browser tells.
  raw: `quantileExactInclusiveStateIf(0.75)(ifNull(${vital(name)}, 0), NOT is_bot AND ifNull(isFinite(${vital(name)}) AND ${vital(name)} >= 0, false))`,
  merge: 'percentile',
})

/** How each reading is read from raw facts. */
export const readings: Readonly<Record<Reading, Facts>> = {
  traffic: {
    time: 'occurred_at',
    measures: trafficMeasures,
    facts: (spans, joined, days) => trafficFacts({ spans, session: joined, wide: days > wideDays.events }),
    rollup: 'traffic',
  },
  payments: {
    time: 'occurred_at',
    measures: { payment_failures: { raw: `countIf(NOT is_bot)`, merge: 'sum' } },
    facts: (spans, joined, days) =>
      trafficFacts({ spans, session: joined, wide: days > wideDays.events, name: 'payment_failed' }),
  },
  load_times: {
    time: 'occurred_at',
    measures: {
      measured_pageviews: { raw: `countIf(NOT is_bot AND ${lcp} IS NOT NULL)`, merge: 'sum' },
      slow_pageviews: { raw: `countIf(NOT is_bot AND ${lcp} > 3000)`, merge: 'sum' },
      lcp_p75: p75('lcp'),
      inp_p75: p75('inp'),
      cls_p75: p75('cls'),
      ttfb_p75: p75('ttfb'),
    },
    facts: (spans, joined, days) =>
      trafficFacts({ spans, session: joined, wide: days > wideDays.events, name: 'web_vitals' }),
  },
  sessions: {
    time: 'started_at',
    measures: sessionMeasures,
    facts: (spans) => sessionFacts({ spans }),
    rollup: 'traffic',
  },
  sales: {
    time: 'placed_at',
    measures: { ...salesMeasures, ...ordersByStatus },
    facts: (spans, _, days) => salesFacts({ spans, wide: days > wideDays.orders }),
    rollup: 'sales',
    lines: 'sale_lines',
  },
  exceptions: {
    time: 'updated_at',
    measures: { order_exceptions: { raw: 'count()', merge: 'sum' } },
    facts: exceptionFacts,
  },
  first_orders: {
    time: 'placed_at',
    measures: { new_buyers: { raw: 'count()', merge: 'sum' } },
    facts: (spans, _, days) => firstOrderFacts({ spans, wide: days > wideDays.orders }),
  },
  sale_lines: {
    time: 'placed_at',
    measures: lineMeasures,
    facts: (spans, _, days) => saleLines(spans, days > wideDays.orders),
  },
  refunds: {
    time: 'refunded_at',
    measures: {
      refunds: { raw: 'count()', merge: 'sum' },
      refund_amount: sum('amount'),
      unlinked_refunds: { raw: `countIf(order_id = '')`, merge: 'sum' },
    },
    facts: refundFacts,
    lines: 'refund_lines',
  },
  refund_lines: {
    time: 'refunded_at',
    measures: {
      refunds: distinct('refund_id', 'true'),
      refund_amount: sum('line_amount'),
      unlinked_refunds: distinct('refund_id', `order_id = ''`),
    },
    facts: (spans) => refundLines(refundFacts(spans, true)),
  },
  returns: {
    time: 'placed_at',
    measures: { returned_orders: distinct('order_id', 'true'), returned_amount: sum('amount') },
    facts: (spans, _, days) => returnFacts(spans, days > wideDays.orders),
    lines: 'return_lines',
  },
  return_lines: {
    time: 'placed_at',
    measures: { returned_orders: distinct('order_id', 'true'), returned_amount: sum('line_amount') },
    facts: (spans, _, days) => refundLines(returnFacts(spans, days > wideDays.orders)),
  },
  spend: {
    time: 'day',
    measures: { ad_spend: sum('amount'), ad_impressions: sum('impressions'), ad_clicks: sum('clicks') },
    facts: () => spendFacts,
  },
}
