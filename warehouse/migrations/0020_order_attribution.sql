-- Where an order came from, with the name of the model that said so; and the buckets its last version stood in, so that
-- a moved order touches the old ones too.
CREATE TABLE IF NOT EXISTS order_attribution
(
    store_id LowCardinality(String),
    order_id String,
    placed_at DateTime64(3, 'UTC'),
    visitor_id String,
    session_id String,
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    model LowCardinality(String) COMMENT 'given, last_non_direct_30d, or none',
    suspicions Array(LowCardinality(String)) COMMENT 'why it may be brushing; empty: none',
    order_version UInt128 COMMENT 'of the order snapshot this was computed from',
    version DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, order_id)
