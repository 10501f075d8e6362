-- 0001_events.sql
CREATE TABLE IF NOT EXISTS events_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    message_id String,
    name LowCardinality(String) COMMENT 'GA4 name where one exists',
    timestamp DateTime64(3, 'UTC') COMMENT 'the client clock, as sent',
    occurred_at DateTime64(3, 'UTC') COMMENT 'timestamp corrected by the skew of the client clock',
    received_at DateTime64(3, 'UTC') COMMENT 'when ingest accepted it',
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'set by ClickHouse: what touched-bucket detection reads',
    visitor_id String,
    customer_id String,
    session_id String COMMENT 'the sender''s own, empty when it sends none',
    url String,
    path String,
    title String,
    referrer String,
    page_type LowCardinality(String),
    channel LowCardinality(String) COMMENT 'what this event alone says of its origin, empty when it says nothing',
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String) COMMENT 'phone, tablet, desktop, other',
    browser LowCardinality(String),
    os LowCardinality(String),
    language LowCardinality(String),
    order_id String,
    sku String COMMENT 'the product it is about, the first where there are several',
    skus Array(String),
    category LowCardinality(String),
    quantity UInt32,
    value Decimal(18, 4),
    currency LowCardinality(String),
    is_bot Bool,
    bot_reasons Array(LowCardinality(String)),
    protocol LowCardinality(String) COMMENT 'segment, ga4, tracker',
    properties JSON(max_dynamic_paths = 256),
    precedence UInt64 DEFAULT 18446744073709551615 - toUnixTimestamp64Milli(received_at) COMMENT 'the first arrival wins: a replay days later moves nothing',
    INDEX by_occurred_at occurred_at TYPE minmax GRANULARITY 1,
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1,
    INDEX by_visitor_id visitor_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', precedence)
PARTITION BY toYYYYMM(timestamp)
ORDER BY (store_id, name, toStartOfHour(timestamp), message_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS events ON CLUSTER shops AS events_local
ENGINE = Distributed(shops, currentDatabase(), events_local, sipHash64(store_id, message_id));

-- 0002_orders.sql
CREATE TABLE IF NOT EXISTS orders_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    order_id String,
    source LowCardinality(String) COMMENT 'ledger: the shop''s records; event: what the browser saw',
    status LowCardinality(String) COMMENT 'pending paid fulfilled delivered completed cancelled unfulfillable',
    raw_status LowCardinality(String),
    type LowCardinality(String) COMMENT 'normal presale group_buy',
    customer_id String,
    visitor_id String,
    session_id String,
    placed_at DateTime64(3, 'UTC'),
    paid_at Nullable(DateTime64(3, 'UTC')),
    shipped_at Nullable(DateTime64(3, 'UTC')),
    delivered_at Nullable(DateTime64(3, 'UTC')),
    estimated_delivery_at Nullable(DateTime64(3, 'UTC')),
    cancelled_at Nullable(DateTime64(3, 'UTC')),
    currency LowCardinality(String),
    gross Decimal(18, 4) COMMENT 'goods after item discounts: what gmv sums',
    discount Decimal(18, 4) COMMENT 'on the whole order',
    shipping Decimal(18, 4),
    tax Decimal(18, 4),
    paid Nullable(Decimal(18, 4)) COMMENT 'the amount received, where the sender tells it',
    coupon LowCardinality(String),
    province LowCardinality(String),
    payment_method LowCardinality(String),
    carrier LowCardinality(String),
    channel LowCardinality(String) COMMENT 'as given by the sender, empty when it gives none',
    campaign LowCardinality(String),
    lines Nested
    (
        line_no UInt32,
        sku String,
        name String,
        category LowCardinality(String),
        quantity Int64,
        price Decimal(18, 4),
        discount Decimal(18, 4)
    ),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64 COMMENT 'decides a tie of updated_at the same way each time',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash)),
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, order_id, source)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS orders ON CLUSTER shops AS orders_local
ENGINE = Distributed(shops, currentDatabase(), orders_local, sipHash64(store_id, order_id));

-- 0003_orders_current.sql
CREATE VIEW IF NOT EXISTS orders_current_local ON CLUSTER shops AS
SELECT *
FROM orders_local FINAL
WHERE source = 'ledger'
   OR (store_id, order_id) NOT IN (SELECT store_id, order_id FROM orders_local WHERE source = 'ledger');
CREATE TABLE IF NOT EXISTS orders_current ON CLUSTER shops AS orders_current_local
ENGINE = Distributed(shops, currentDatabase(), orders_current_local);

-- 0004_order_lines.sql
CREATE VIEW IF NOT EXISTS order_lines_local ON CLUSTER shops AS
SELECT
    store_id,
    order_id,
    source,
    status,
    placed_at,
    paid_at,
    customer_id,
    line.line_no AS line_no,
    line.sku AS sku,
    line.name AS name,
    line.category AS category,
    line.quantity AS quantity,
    line.price AS price,
    line.discount AS discount,
    line.quantity * line.price - line.discount AS amount
FROM orders_current_local
ARRAY JOIN lines AS line;
CREATE TABLE IF NOT EXISTS order_lines ON CLUSTER shops AS order_lines_local
ENGINE = Distributed(shops, currentDatabase(), order_lines_local);

-- 0005_refunds.sql
CREATE TABLE IF NOT EXISTS refunds_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    refund_id String,
    order_id String COMMENT 'empty: unlinked',
    customer_id String,
    refunded_at DateTime64(3, 'UTC'),
    amount Decimal(18, 4),
    currency LowCardinality(String),
    reason LowCardinality(String) COMMENT 'quality not_as_described size late changed_mind damaged wrong_item other, empty when not told',
    raw_reason String,
    lines Nested
    (
        line_no UInt32,
        sku String,
        quantity Int64,
        amount Decimal(18, 4)
    ),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash)),
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, refund_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS refunds ON CLUSTER shops AS refunds_local
ENGINE = Distributed(shops, currentDatabase(), refunds_local, sipHash64(store_id, refund_id));

-- 0006_products.sql
CREATE TABLE IF NOT EXISTS products_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    sku String,
    name String,
    category LowCardinality(String),
    brand LowCardinality(String),
    price Nullable(Decimal(18, 4)),
    cost Nullable(Decimal(18, 4)),
    url String,
    image_url String,
    status LowCardinality(String),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, sku)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS products ON CLUSTER shops AS products_local
ENGINE = Distributed(shops, currentDatabase(), products_local, sipHash64(store_id, sku));

-- 0007_inventory.sql
CREATE TABLE IF NOT EXISTS inventory_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    sku String,
    location String,
    on_hand Int64,
    reserved Int64,
    safety_stock Nullable(Int64),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, sku, location)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS inventory ON CLUSTER shops AS inventory_local
ENGINE = Distributed(shops, currentDatabase(), inventory_local, sipHash64(store_id, sku));

-- 0008_ad_spend.sql
CREATE TABLE IF NOT EXISTS ad_spend_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    day Date32 COMMENT 'of the store''s time zone',
    channel LowCardinality(String),
    campaign String,
    amount Decimal(18, 4),
    currency LowCardinality(String),
    impressions UInt64,
    clicks UInt64,
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, day, channel, campaign)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS ad_spend ON CLUSTER shops AS ad_spend_local
ENGINE = Distributed(shops, currentDatabase(), ad_spend_local, sipHash64(store_id, day));

-- 0009_tickets.sql
CREATE TABLE IF NOT EXISTS tickets_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    ticket_id String,
    kind LowCardinality(String) COMMENT 'enquiry complaint exchange refund',
    status LowCardinality(String),
    order_id String,
    customer_id String,
    sku String,
    reason LowCardinality(String),
    opened_at DateTime64(3, 'UTC'),
    answered_at Nullable(DateTime64(3, 'UTC')),
    solved_at Nullable(DateTime64(3, 'UTC')),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, ticket_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS tickets ON CLUSTER shops AS tickets_local
ENGINE = Distributed(shops, currentDatabase(), tickets_local, sipHash64(store_id, ticket_id));

-- 0010_reviews.sql
CREATE TABLE IF NOT EXISTS reviews_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    review_id String,
    order_id String,
    customer_id String,
    sku String,
    rating Nullable(UInt8) COMMENT '1 to 5',
    body String,
    reviewed_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, review_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS reviews ON CLUSTER shops AS reviews_local
ENGINE = Distributed(shops, currentDatabase(), reviews_local, sipHash64(store_id, review_id));

-- 0011_rejected_events.sql
CREATE TABLE IF NOT EXISTS rejected_events_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    rejected_id String,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    kind LowCardinality(String) COMMENT 'event, or the kind of record',
    protocol LowCardinality(String),
    code LowCardinality(String),
    path String COMMENT 'the field, as in properties.products[0].price',
    message String,
    payload String COMMENT 'JSON as received, personal data masked'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', inserted_at)
ORDER BY (store_id, received_at, rejected_id)
TTL toDateTime(received_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS rejected_events ON CLUSTER shops AS rejected_events_local
ENGINE = Distributed(shops, currentDatabase(), rejected_events_local, sipHash64(store_id, rejected_id));

-- 0012_identities.sql
CREATE TABLE IF NOT EXISTS identities_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    visitor_id String,
    customer_id String,
    seen_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')) COMMENT 'first seen together'
)
ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, visitor_id, customer_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS identities ON CLUSTER shops AS identities_local
ENGINE = Distributed(shops, currentDatabase(), identities_local, sipHash64(store_id, visitor_id));

-- 0013_identities_from_events.sql
CREATE MATERIALIZED VIEW IF NOT EXISTS identities_from_events ON CLUSTER shops TO identities_local AS
SELECT store_id, visitor_id, customer_id, min(occurred_at) AS seen_at
FROM events_local
WHERE visitor_id != '' AND customer_id != ''
GROUP BY store_id, visitor_id, customer_id;

-- 0014_identities_from_orders.sql
CREATE MATERIALIZED VIEW IF NOT EXISTS identities_from_orders ON CLUSTER shops TO identities_local AS
SELECT store_id, visitor_id, customer_id, min(placed_at) AS seen_at
FROM orders_local
WHERE visitor_id != '' AND customer_id != ''
GROUP BY store_id, visitor_id, customer_id;

-- 0015_settings.sql
CREATE TABLE IF NOT EXISTS settings_local ON CLUSTER shops
(
    store_id LowCardinality(String) COMMENT 'empty: the whole instance',
    kind LowCardinality(String),
    id String,
    version UInt32,
    value String COMMENT 'JSON; empty: deleted',
    actor String,
    at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (kind, store_id, id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS settings ON CLUSTER shops AS settings_local
ENGINE = Distributed(shops, currentDatabase(), settings_local, sipHash64(kind, store_id, id));

-- 0016_touched_quarters.sql
CREATE TABLE IF NOT EXISTS touched_quarters_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    source LowCardinality(String) COMMENT 'traffic or sales',
    quarter DateTime('UTC'),
    touched_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'inserted_at of the newest row',
    facts SimpleAggregateFunction(sum, UInt64) COMMENT 'rows that arrived, copies included'
)
ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, source, quarter)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS touched_quarters ON CLUSTER shops AS touched_quarters_local
ENGINE = Distributed(shops, currentDatabase(), touched_quarters_local, sipHash64(store_id, quarter));

-- 0017_touched_by_events.sql
CREATE MATERIALIZED VIEW IF NOT EXISTS touched_by_events ON CLUSTER shops TO touched_quarters_local AS
SELECT store_id, 'traffic' AS source, toStartOfFifteenMinutes(toDateTime(occurred_at)) AS quarter, max(inserted_at) AS touched_at, count() AS facts
FROM events_local
GROUP BY store_id, quarter;

-- 0018_touched_by_orders.sql
CREATE MATERIALIZED VIEW IF NOT EXISTS touched_by_orders ON CLUSTER shops TO touched_quarters_local AS
SELECT store_id, 'sales' AS source, toStartOfFifteenMinutes(toDateTime(placed_at)) AS quarter, max(inserted_at) AS touched_at, count() AS facts
FROM orders_local
GROUP BY store_id, quarter;

-- 0019_sessions.sql
CREATE TABLE IF NOT EXISTS sessions_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    visitor_id String,
    started_at DateTime64(3, 'UTC'),
    session_id String COMMENT 'the sender''s when the store trusts it, else derived from visitor and start',
    ended_at DateTime64(3, 'UTC'),
    sender_session_id String COMMENT 'what the store was trusted with; empty: cut by the 30-minute gap',
    is_continued Bool COMMENT 'cut from the session before it by the end of a day without a pause, not by a gap',
    customer_id String,
    events UInt32,
    pageviews UInt32,
    entry_path String,
    exit_path String,
    referrer String,
    channel LowCardinality(String) COMMENT 'of the first event that tells one, else direct',
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    is_bot Bool,
    version DateTime64(6, 'UTC') COMMENT 'when the events were read',
    is_deleted UInt8,
    INDEX by_ended_at ended_at TYPE minmax GRANULARITY 1,
    INDEX by_visitor_id visitor_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version, is_deleted)
ORDER BY (store_id, toDate(started_at), visitor_id, started_at, session_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS sessions ON CLUSTER shops AS sessions_local
ENGINE = Distributed(shops, currentDatabase(), sessions_local, sipHash64(store_id, visitor_id));

-- 0020_order_attribution.sql
CREATE TABLE IF NOT EXISTS order_attribution_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    order_id String,
    placed_at DateTime64(3, 'UTC'),
    customer_id String,
    visitor_id String COMMENT 'of the order, else of its purchase event',
    session_id String COMMENT 'in which it was placed',
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String) COMMENT 'of the session in which it was placed',
    model LowCardinality(String) COMMENT 'given, last_non_direct_30d, or none',
    suspicions Array(LowCardinality(String)) COMMENT 'why it may be brushing; empty: none',
    order_version UInt128 COMMENT 'of the order snapshot this was computed from',
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, order_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS order_attribution ON CLUSTER shops AS order_attribution_local
ENGINE = Distributed(shops, currentDatabase(), order_attribution_local, sipHash64(store_id, order_id));

-- 0021_watermarks.sql
CREATE TABLE IF NOT EXISTS watermarks_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    job LowCardinality(String),
    mode LowCardinality(String) COMMENT 'by which rules it was read; other rules begin again',
    position DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, job)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS watermarks ON CLUSTER shops AS watermarks_local
ENGINE = Distributed(shops, currentDatabase(), watermarks_local, sipHash64(store_id, job));

-- 0022_traffic_per_minute.sql
CREATE TABLE IF NOT EXISTS traffic_per_minute_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    time_zone LowCardinality(String) COMMENT 'whose hours and days these are',
    hour DateTime('UTC'),
    minute DateTime('UTC'),
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    events UInt64,
    pageviews UInt64,
    product_views UInt64,
    add_to_carts UInt64,
    checkouts UInt64,
    bot_events UInt64,
    visitors AggregateFunction(uniqExact, UInt64),
    sessions UInt64 COMMENT 'that started here',
    bounces UInt64 COMMENT 'sessions with one page view and nothing else',
    session_seconds UInt64,
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read; the newest of a bucket is the bucket'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, time_zone, hour, minute, channel, campaign, device)
TTL minute + INTERVAL 40 DAY;
CREATE TABLE IF NOT EXISTS traffic_per_minute ON CLUSTER shops AS traffic_per_minute_local
ENGINE = Distributed(shops, currentDatabase(), traffic_per_minute_local, sipHash64(store_id, hour));

-- 0023_traffic_per_hour.sql
CREATE TABLE IF NOT EXISTS traffic_per_hour_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    time_zone LowCardinality(String) COMMENT 'whose hours and days these are',
    hour DateTime('UTC'),
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    events UInt64,
    pageviews UInt64,
    product_views UInt64,
    add_to_carts UInt64,
    checkouts UInt64,
    bot_events UInt64,
    visitors AggregateFunction(uniqExact, UInt64),
    sessions UInt64 COMMENT 'that started here',
    bounces UInt64 COMMENT 'sessions with one page view and nothing else',
    session_seconds UInt64,
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read; the newest of a bucket is the bucket'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, time_zone, hour, channel, campaign, device);
CREATE TABLE IF NOT EXISTS traffic_per_hour ON CLUSTER shops AS traffic_per_hour_local
ENGINE = Distributed(shops, currentDatabase(), traffic_per_hour_local, sipHash64(store_id, hour));

-- 0024_traffic_per_day.sql
CREATE TABLE IF NOT EXISTS traffic_per_day_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    time_zone LowCardinality(String) COMMENT 'whose hours and days these are',
    day Date32,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    events UInt64,
    pageviews UInt64,
    product_views UInt64,
    add_to_carts UInt64,
    checkouts UInt64,
    bot_events UInt64,
    visitors AggregateFunction(uniqExact, UInt64),
    sessions UInt64 COMMENT 'that started here',
    bounces UInt64 COMMENT 'sessions with one page view and nothing else',
    session_seconds UInt64,
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read; the newest of a bucket is the bucket'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, time_zone, day, channel, campaign, device);
CREATE TABLE IF NOT EXISTS traffic_per_day ON CLUSTER shops AS traffic_per_day_local
ENGINE = Distributed(shops, currentDatabase(), traffic_per_day_local, sipHash64(store_id, day));

-- 0025_sales_per_minute.sql
CREATE TABLE IF NOT EXISTS sales_per_minute_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    time_zone LowCardinality(String) COMMENT 'whose hours and days these are',
    hour DateTime('UTC'),
    minute DateTime('UTC'),
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    status LowCardinality(String),
    order_type LowCardinality(String),
    province LowCardinality(String),
    payment_method LowCardinality(String),
    orders UInt64,
    paid_orders UInt64,
    units Int64,
    gmv Decimal(38, 4),
    paid_gmv Decimal(38, 4),
    clean_gmv Decimal(38, 4) COMMENT 'paid gmv of orders not suspected of brushing',
    buyers AggregateFunction(uniqExact, UInt64),
    anonymous_paid_orders UInt64 COMMENT 'paid orders without a buyer',
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read; the newest of a bucket is the bucket'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, time_zone, hour, minute, channel, campaign, device, status, order_type, province, payment_method)
TTL minute + INTERVAL 40 DAY;
CREATE TABLE IF NOT EXISTS sales_per_minute ON CLUSTER shops AS sales_per_minute_local
ENGINE = Distributed(shops, currentDatabase(), sales_per_minute_local, sipHash64(store_id, hour));

-- 0026_sales_per_hour.sql
CREATE TABLE IF NOT EXISTS sales_per_hour_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    time_zone LowCardinality(String) COMMENT 'whose hours and days these are',
    hour DateTime('UTC'),
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    status LowCardinality(String),
    order_type LowCardinality(String),
    province LowCardinality(String),
    payment_method LowCardinality(String),
    orders UInt64,
    paid_orders UInt64,
    units Int64,
    gmv Decimal(38, 4),
    paid_gmv Decimal(38, 4),
    clean_gmv Decimal(38, 4) COMMENT 'paid gmv of orders not suspected of brushing',
    buyers AggregateFunction(uniqExact, UInt64),
    anonymous_paid_orders UInt64 COMMENT 'paid orders without a buyer',
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read; the newest of a bucket is the bucket'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, time_zone, hour, channel, campaign, device, status, order_type, province, payment_method);
CREATE TABLE IF NOT EXISTS sales_per_hour ON CLUSTER shops AS sales_per_hour_local
ENGINE = Distributed(shops, currentDatabase(), sales_per_hour_local, sipHash64(store_id, hour));

-- 0027_sales_per_day.sql
CREATE TABLE IF NOT EXISTS sales_per_day_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    time_zone LowCardinality(String) COMMENT 'whose hours and days these are',
    day Date32,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    status LowCardinality(String),
    order_type LowCardinality(String),
    province LowCardinality(String),
    payment_method LowCardinality(String),
    orders UInt64,
    paid_orders UInt64,
    units Int64,
    gmv Decimal(38, 4),
    paid_gmv Decimal(38, 4),
    clean_gmv Decimal(38, 4) COMMENT 'paid gmv of orders not suspected of brushing',
    buyers AggregateFunction(uniqExact, UInt64),
    anonymous_paid_orders UInt64 COMMENT 'paid orders without a buyer',
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read; the newest of a bucket is the bucket'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, time_zone, day, channel, campaign, device, status, order_type, province, payment_method);
CREATE TABLE IF NOT EXISTS sales_per_day ON CLUSTER shops AS sales_per_day_local
ENGINE = Distributed(shops, currentDatabase(), sales_per_day_local, sipHash64(store_id, day));

-- 0028_touched_visitors.sql
CREATE TABLE IF NOT EXISTS touched_visitors_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    step DateTime64(6, 'UTC') COMMENT 'when its facts were read, the name of the step',
    visitor_id String,
    sender_session_id String,
    from_at DateTime64(3, 'UTC'),
    to_at DateTime64(3, 'UTC') COMMENT 'inclusive',
    is_continued Bool COMMENT 'what begins at from_at continues the session before it',
    events UInt64
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, step, visitor_id)
TTL toDateTime(step) + INTERVAL 1 DAY
SETTINGS ttl_only_drop_parts = 1;
CREATE TABLE IF NOT EXISTS touched_visitors ON CLUSTER shops AS touched_visitors_local
ENGINE = Distributed(shops, currentDatabase(), touched_visitors_local, sipHash64(store_id, visitor_id));

-- 0029_session_changes.sql
CREATE TABLE IF NOT EXISTS session_changes_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    visitor_id String,
    started_at DateTime64(3, 'UTC'),
    session_id String,
    ended_at DateTime64(3, 'UTC'),
    sender_session_id String,
    is_continued Bool,
    customer_id String,
    events UInt32,
    pageviews UInt32,
    entry_path String,
    exit_path String,
    referrer String,
    channel LowCardinality(String),
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    is_bot Bool,
    version DateTime64(6, 'UTC'),
    is_deleted UInt8,
    quarters Array(DateTime('UTC'))
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, version, visitor_id)
TTL toDateTime(version) + INTERVAL 7 DAY
SETTINGS ttl_only_drop_parts = 1;
CREATE TABLE IF NOT EXISTS session_changes ON CLUSTER shops AS session_changes_local
ENGINE = Distributed(shops, currentDatabase(), session_changes_local, sipHash64(store_id, visitor_id));

-- 0030_touched_orders.sql
CREATE TABLE IF NOT EXISTS touched_orders_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    step DateTime64(6, 'UTC') COMMENT 'when its facts were read, the name of the step',
    order_id String
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, step, order_id)
TTL toDateTime(step) + INTERVAL 1 DAY
SETTINGS ttl_only_drop_parts = 1;
CREATE TABLE IF NOT EXISTS touched_orders ON CLUSTER shops AS touched_orders_local
ENGINE = Distributed(shops, currentDatabase(), touched_orders_local, sipHash64(store_id, order_id));

-- 0031_attribution_changes.sql
CREATE TABLE IF NOT EXISTS attribution_changes_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    order_id String,
    placed_at DateTime64(3, 'UTC'),
    customer_id String,
    visitor_id String,
    session_id String,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    model LowCardinality(String),
    suspicions Array(LowCardinality(String)),
    order_version UInt128,
    version DateTime64(6, 'UTC'),
    left_at Nullable(DateTime64(3, 'UTC')) COMMENT 'where the order stood before it moved',
    quarters Array(DateTime('UTC'))
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, version, order_id)
TTL toDateTime(version) + INTERVAL 7 DAY
SETTINGS ttl_only_drop_parts = 1;
CREATE TABLE IF NOT EXISTS attribution_changes ON CLUSTER shops AS attribution_changes_local
ENGINE = Distributed(shops, currentDatabase(), attribution_changes_local, sipHash64(store_id, order_id));

-- 0032_orders_by_customer.sql
ALTER TABLE orders_local ON CLUSTER shops ADD INDEX IF NOT EXISTS by_customer_id customer_id TYPE bloom_filter(0.01) GRANULARITY 4;

-- 0033_orders_by_visitor.sql
ALTER TABLE orders_local ON CLUSTER shops ADD INDEX IF NOT EXISTS by_visitor_id visitor_id TYPE bloom_filter(0.01) GRANULARITY 4;

-- 0034_reopened_days.sql
CREATE TABLE IF NOT EXISTS reopened_days_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    source LowCardinality(String) COMMENT 'traffic or sales',
    time_zone LowCardinality(String),
    day Date32,
    closed_at DateTime64(3, 'UTC') COMMENT 'the end of the day',
    reopened_at DateTime64(3, 'UTC') COMMENT 'when the newest of the late rows was inserted',
    facts UInt64 COMMENT 'late rows: those inserted since the numbers of the closed day were made',
    version DateTime64(6, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, day, source, time_zone, reopened_at);
CREATE TABLE IF NOT EXISTS reopened_days ON CLUSTER shops AS reopened_days_local
ENGINE = Distributed(shops, currentDatabase(), reopened_days_local, sipHash64(store_id, day));

-- 0035_rollup_differences.sql
CREATE TABLE IF NOT EXISTS rollup_differences_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    rollup LowCardinality(String),
    bucket String COMMENT 'the hour or the day',
    what String COMMENT 'the measures that differ, of the rollup and of raw facts',
    found_at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, found_at, rollup, bucket)
TTL toDateTime(found_at) + INTERVAL 400 DAY;
CREATE TABLE IF NOT EXISTS rollup_differences ON CLUSTER shops AS rollup_differences_local
ENGINE = Distributed(shops, currentDatabase(), rollup_differences_local, sipHash64(store_id));

-- 0036_customer_snapshots.sql
CREATE TABLE IF NOT EXISTS customer_snapshots_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC') COMMENT 'a midnight of the store''s',
    time_zone LowCardinality(String),
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read'
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, as_of, version)
TTL toDateTime(as_of) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS customer_snapshots ON CLUSTER shops AS customer_snapshots_local
ENGINE = Distributed(shops, currentDatabase(), customer_snapshots_local, sipHash64(store_id, as_of));

-- 0037_repurchase_snapshots.sql
CREATE TABLE IF NOT EXISTS repurchase_snapshots_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    month Date32 COMMENT 'whose customers',
    basis LowCardinality(String) COMMENT 'first_order, period_buyers',
    window_days UInt16,
    eligible UInt64,
    repurchased UInt64
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, as_of, version, basis, month, window_days)
TTL toDateTime(as_of) + INTERVAL 400 DAY;
CREATE TABLE IF NOT EXISTS repurchase_snapshots ON CLUSTER shops AS repurchase_snapshots_local
ENGINE = Distributed(shops, currentDatabase(), repurchase_snapshots_local, sipHash64(store_id, as_of));

-- 0038_cohort_snapshots.sql
CREATE TABLE IF NOT EXISTS cohort_snapshots_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    cohort Date32 COMMENT 'the month of the first counted order',
    size UInt64,
    active Array(UInt64) COMMENT 'customers with an order k months later',
    orders Array(UInt64),
    revenue Array(Decimal(38, 4))
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, as_of, version, cohort)
TTL toDateTime(as_of) + INTERVAL 400 DAY;
CREATE TABLE IF NOT EXISTS cohort_snapshots ON CLUSTER shops AS cohort_snapshots_local
ENGINE = Distributed(shops, currentDatabase(), cohort_snapshots_local, sipHash64(store_id, as_of));

-- 0039_rfm_snapshots.sql
CREATE TABLE IF NOT EXISTS rfm_snapshots_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    customer_id String,
    last_order_at DateTime64(3, 'UTC'),
    recency_days UInt32,
    frequency UInt32,
    monetary Decimal(38, 4),
    r UInt8,
    f UInt8,
    m UInt8,
    segment LowCardinality(String)
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, as_of, version, customer_id)
TTL toDateTime(as_of) + INTERVAL 40 DAY;
CREATE TABLE IF NOT EXISTS rfm_snapshots ON CLUSTER shops AS rfm_snapshots_local
ENGINE = Distributed(shops, currentDatabase(), rfm_snapshots_local, sipHash64(store_id, as_of));

-- 0040_return_snapshots.sql
CREATE TABLE IF NOT EXISTS return_snapshots_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    day Date32 COMMENT 'of placement for what is linked, of giving for refunds',
    matured Bool,
    paid_orders UInt64,
    returned_orders UInt64,
    paid_gmv Decimal(38, 4),
    returned_amount Decimal(38, 4),
    refunds UInt64,
    refund_amount Decimal(38, 4)
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, as_of, version, day)
TTL toDateTime(as_of) + INTERVAL 400 DAY;
CREATE TABLE IF NOT EXISTS return_snapshots ON CLUSTER shops AS return_snapshots_local
ENGINE = Distributed(shops, currentDatabase(), return_snapshots_local, sipHash64(store_id, as_of));

-- 0041_incidents.sql
CREATE TABLE IF NOT EXISTS incidents_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    incident_id String,
    version UInt32,
    transition LowCardinality(String) COMMENT 'opened, acknowledged, …',
    state LowCardinality(String) COMMENT 'open, acknowledged, resolved',
    rule_id String,
    metric LowCardinality(String),
    opened_at DateTime64(3, 'UTC'),
    value String COMMENT 'the incident as JSON',
    notify Array(String) COMMENT 'contact points that this version must reach',
    actor String,
    at DateTime64(3, 'UTC')
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, incident_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS incidents ON CLUSTER shops AS incidents_local
ENGINE = Distributed(shops, currentDatabase(), incidents_local, sipHash64(store_id, incident_id));

-- 0042_notifications.sql
CREATE TABLE IF NOT EXISTS notifications_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    incident_id String,
    incident_version UInt32,
    contact_point_id String COMMENT 'as named by the incident, whoever got it in its stead',
    transition LowCardinality(String),
    status LowCardinality(String) COMMENT 'sending, retrying, sent, given_up',
    reached String COMMENT 'the contact point that took it: this one or a fallback',
    attempts UInt32,
    next_at DateTime64(3, 'UTC') COMMENT 'not tried before',
    idempotency_key String COMMENT 'the same in every copy',
    error String COMMENT 'of the last attempt',
    version DateTime64(6, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, incident_id, incident_version, contact_point_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS notifications ON CLUSTER shops AS notifications_local
ENGINE = Distributed(shops, currentDatabase(), notifications_local, sipHash64(store_id, incident_id));

-- 0043_notification_attempts.sql
CREATE TABLE IF NOT EXISTS notification_attempts_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    at DateTime64(3, 'UTC'),
    contact_point_id String,
    idempotency_key String COMMENT 'empty: a test',
    incident_ids Array(String) COMMENT 'several when they were told in one message',
    transition LowCardinality(String),
    ok Bool,
    milliseconds UInt32,
    answer String COMMENT 'status and the beginning of the body, secrets left out',
    error String
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')
ORDER BY (store_id, at)
TTL toDateTime(at) + INTERVAL 180 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS notification_attempts ON CLUSTER shops AS notification_attempts_local
ENGINE = Distributed(shops, currentDatabase(), notification_attempts_local, sipHash64(store_id));

-- 0044_detector_states.sql
CREATE TABLE IF NOT EXISTS detector_states_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    rule_id String,
    slice String COMMENT 'the value of the slice, empty: the whole',
    judged_until DateTime64(3, 'UTC'),
    state String CODEC(ZSTD(3)),
    version DateTime64(6, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)
ORDER BY (store_id, rule_id, slice)
TTL toDateTime(version) + INTERVAL 60 DAY;
CREATE TABLE IF NOT EXISTS detector_states ON CLUSTER shops AS detector_states_local
ENGINE = Distributed(shops, currentDatabase(), detector_states_local, sipHash64(store_id, rule_id));

-- 0045_page_clicks.sql
CREATE TABLE IF NOT EXISTS page_clicks_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    path String,
    view_id String COMMENT 'the page view in which it happened',
    n UInt32 COMMENT 'its number in the view',
    occurred_at DateTime64(3, 'UTC') COMMENT 'corrected by the skew of the client clock',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    visitor_id String,
    session_id String COMMENT 'the tracker''s own',
    url String,
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    width UInt16,
    height UInt16,
    selector LowCardinality(String),
    x Float32 COMMENT '0 to 1 of the element''s box',
    y Float32,
    module LowCardinality(String) COMMENT 'empty: in none',
    slot UInt16 COMMENT '0: the module itself',
    href String,
    text String COMMENT 'of the element, masked',
    state LowCardinality(String) COMMENT 'what lay over the page; empty: nothing',
    is_fixed Bool,
    is_dead Bool,
    is_rage Bool,
    is_error Bool,
    variant LowCardinality(String),
    is_bot Bool,
    precedence UInt64 DEFAULT 18446744073709551615 - toUnixTimestamp64Milli(received_at) COMMENT 'the first arrival wins',
    INDEX by_occurred_at occurred_at TYPE minmax GRANULARITY 1,
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', precedence)
ORDER BY (store_id, path, view_id, n)
TTL toDateTime(occurred_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS page_clicks ON CLUSTER shops AS page_clicks_local
ENGINE = Distributed(shops, currentDatabase(), page_clicks_local, sipHash64(store_id, view_id));

-- 0046_page_readings.sql
CREATE TABLE IF NOT EXISTS page_readings_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    path String,
    view_id String,
    seq UInt32,
    started_at DateTime64(3, 'UTC') COMMENT 'corrected by the skew of the client clock',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    visitor_id String,
    session_id String COMMENT 'the tracker''s own',
    title String,
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    width UInt16,
    height UInt16,
    page_height UInt32,
    reach UInt8 COMMENT 'the last of 50 bands that was seen, from 0',
    attention Array(UInt32) COMMENT 'milliseconds in each of 50 bands',
    variant LowCardinality(String),
    is_bot Bool,
    precedence UInt64 DEFAULT bitShiftLeft(toUInt64(seq), 44) + 17592186044415 - toUnixTimestamp64Milli(received_at),
    INDEX by_started_at started_at TYPE minmax GRANULARITY 1,
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', precedence)
ORDER BY (store_id, path, view_id)
TTL toDateTime(started_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS page_readings ON CLUSTER shops AS page_readings_local
ENGINE = Distributed(shops, currentDatabase(), page_readings_local, sipHash64(store_id, view_id));

-- 0047_module_readings.sql
CREATE TABLE IF NOT EXISTS module_readings_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    path String,
    view_id String,
    module LowCardinality(String),
    slot UInt16 COMMENT '0: the module itself',
    seq UInt32,
    started_at DateTime64(3, 'UTC') COMMENT 'of the view',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    visitor_id String,
    session_id String COMMENT 'the tracker''s own',
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    position UInt16 COMMENT 'among the modules of the page, from 1',
    top Float32 COMMENT '0 to 1 of the page''s height',
    bottom Float32,
    exposures UInt32 COMMENT 'times it was half visible for a second',
    visible_ms UInt32,
    clicks UInt32,
    variant LowCardinality(String),
    is_bot Bool,
    precedence UInt64 DEFAULT bitShiftLeft(toUInt64(seq), 44) + 17592186044415 - toUnixTimestamp64Milli(received_at),
    INDEX by_started_at started_at TYPE minmax GRANULARITY 1,
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', precedence)
ORDER BY (store_id, path, view_id, module, slot)
TTL toDateTime(started_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS module_readings ON CLUSTER shops AS module_readings_local
ENGINE = Distributed(shops, currentDatabase(), module_readings_local, sipHash64(store_id, view_id));

-- 0048_page_snapshots.sql
CREATE TABLE IF NOT EXISTS page_snapshots_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    path String,
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    taken_at DateTime64(3, 'UTC') COMMENT 'when it arrived',
    width UInt16,
    height UInt16,
    page_height UInt32,
    title String,
    content_hash String
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', taken_at)
ORDER BY (store_id, path, version, width_class)
TTL toDateTime(taken_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS page_snapshots ON CLUSTER shops AS page_snapshots_local
ENGINE = Distributed(shops, currentDatabase(), page_snapshots_local, sipHash64(store_id, path));

-- 0049_snapshot_contents.sql
CREATE TABLE IF NOT EXISTS snapshot_contents_local ON CLUSTER shops
(
    store_id LowCardinality(String),
    content_hash String COMMENT 'the first 16 bytes of the SHA-256 of content, in hex',
    content String COMMENT 'JSON' CODEC(ZSTD(6)),
    seen_at DateTime64(3, 'UTC') COMMENT 'when it arrived last'
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', seen_at)
ORDER BY (store_id, content_hash)
TTL toDateTime(seen_at) + INTERVAL 100 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS snapshot_contents ON CLUSTER shops AS snapshot_contents_local
ENGINE = Distributed(shops, currentDatabase(), snapshot_contents_local, sipHash64(store_id, content_hash));
