-- Storefront facts, each message once. Partition and key are pure functions of what the client sent, so a retry
-- falls onto its first copy whenever and through whichever process it arrives.
CREATE TABLE IF NOT EXISTS events
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
ENGINE = ReplacingMergeTree(precedence)
PARTITION BY toYYYYMM(timestamp)
ORDER BY (store_id, name, toStartOfHour(timestamp), message_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
