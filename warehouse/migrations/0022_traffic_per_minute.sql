-- Written an hour at a time: of an hour's rows those of the newest version count, so what vanished leaves no ghost.
CREATE TABLE IF NOT EXISTS traffic_per_minute
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
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, time_zone, hour, minute, channel, campaign, device)
TTL minute + INTERVAL 40 DAY
