-- The rows that a step of the recompute job is about to write to order_attribution, with the quarters they change.
CREATE TABLE IF NOT EXISTS attribution_changes
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
ENGINE = MergeTree
ORDER BY (store_id, version, order_id)
TTL toDateTime(version) + INTERVAL 7 DAY
SETTINGS ttl_only_drop_parts = 1
