-- Where an order came from, with the name of the model that said so; and the time and people its last version named, so
-- that a moved order touches the old ones too.
CREATE TABLE IF NOT EXISTS order_attribution
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
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, order_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
