/**
 * How each table is cut over the shards of a cluster: the columns whose hash chooses the shard. Two rules stand behind
 * every line.
 *
 * 1. All copies of a fact meet on one shard, because FINAL replaces within a shard only: the columns are part of the
 *    table's key, and never a value that may differ from one arrival to the next. Events are therefore not cut by
 *    visitor, though funnels would like it.
 * 2. What is written as a whole is on one shard: all rows of a rollup's bucket, of which the newest version counts.
 */
export const sharding: Readonly<Record<string, readonly string[]>> = {
  migrations: ['name'],
  events: ['store_id', 'message_id'],
  rejected_events: ['store_id', 'rejected_id'],
  // An order's two sources and its attribution lie together: orders_current is computed on each shard.
  orders: ['store_id', 'order_id'],
  order_attribution: ['store_id', 'order_id'],
  touched_orders: ['store_id', 'order_id'],
  attribution_changes: ['store_id', 'order_id'],
  // Not by order: a refund may be linked to its order later.
  refunds: ['store_id', 'refund_id'],
  products: ['store_id', 'sku'],
  inventory: ['store_id', 'sku'],
  ad_spend: ['store_id', 'day'],
  tickets: ['store_id', 'ticket_id'],
  reviews: ['store_id', 'review_id'],
  identities: ['store_id', 'visitor_id'],
  sessions: ['store_id', 'visitor_id'],
  touched_visitors: ['store_id', 'visitor_id'],
  session_changes: ['store_id', 'visitor_id'],
  // A view's clicks and readings lie together, so they can be asked of in one question.
  page_clicks: ['store_id', 'view_id'],
  page_readings: ['store_id', 'view_id'],
  module_readings: ['store_id', 'view_id'],
  page_snapshots: ['store_id', 'path'],
  snapshot_contents: ['store_id', 'content_hash'],
  settings: ['kind', 'store_id', 'id'],
  incidents: ['store_id', 'incident_id'],
  notifications: ['store_id', 'incident_id'],
  notification_attempts: ['store_id'],
  detector_states: ['store_id', 'rule_id'],
  watermarks: ['store_id', 'job'],
  touched_quarters: ['store_id', 'quarter'],
  reopened_days: ['store_id', 'day'],
  rollup_differences: ['store_id'],
  customer_snapshots: ['store_id', 'as_of'],
  repurchase_snapshots: ['store_id', 'as_of'],
  cohort_snapshots: ['store_id', 'as_of'],
  rfm_snapshots: ['store_id', 'as_of'],
  return_snapshots: ['store_id', 'as_of'],
  traffic_per_minute: ['store_id', 'hour'],
  traffic_per_hour: ['store_id', 'hour'],
  traffic_per_day: ['store_id', 'day'],
  sales_per_minute: ['store_id', 'hour'],
  sales_per_hour: ['store_id', 'hour'],
  sales_per_day: ['store_id', 'day'],
}

/** The expression by which a Distributed table chooses a shard. */
export function shardOf(table: string): string {
  const columns = sharding[table]
  if (columns === undefined) throw new Error(`warehouse/sharding.ts does not say how ${table} is cut over shards.`)
  return `sipHash64(${columns.join(', ')})`
}
