import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'

/** A connection to ClickHouse: the embedded one, a server or a cluster. */
export type Warehouse = ClickHouseClient

/** After so long the client gives up a request; a query ends by then as well. */
export const patienceSeconds = 60

/** What every connection of ours sets, so that one SQL text means the same everywhere. */
const settings = {
  async_insert: 0,
  date_time_input_format: 'best_effort',
  // A property that looks like a date stays the text that was sent: 11/10/2026 would become the 11th of October.
  input_format_try_infer_dates: 0,
  input_format_try_infer_datetimes: 0,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
  join_use_nulls: 0,
  // Only events are partitioned, by the month of the raw timestamp, whose hour is in their key: no two copies of one event
  // lie in different partitions, so each partition is made unique by itself, which costs half.
  do_not_merge_across_partitions_select_final: 1,
  // A rollup's rows and the newest version of its buckets are read from one state of the table.
  enable_shared_storage_snapshot_in_query: 1,
  // A reader who has gone needs no answer.
  cancel_http_readonly_queries_on_client_close: 1,
  // On a cluster: an insert is acknowledged when its shards have it; a subquery sees all shards; and as long as the
  // first replica lives, reads see what was just written.
  distributed_foreground_insert: 1,
  distributed_product_mode: 'global',
  load_balancing: 'in_order',
} as const

/**
 * Opens a connection.
 * @param url `http://user:password@host:port/database`
 * @param application who asks; it appears in ClickHouse's query log
 */
export function connectWarehouse(url: string, application: string): Warehouse {
  return createClient({
    url,
    application,
    clickhouse_settings: settings,
    request_timeout: patienceSeconds * 1000,
    // Errors are thrown to whoever can act; the client would write each to the console as well.
    log: { level: ClickHouseLogLevel.OFF },
    use_multipart_params_auto: true,
  })
}
