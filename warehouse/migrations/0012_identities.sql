-- Joins a browser to a customer. Filled by the two views that follow; read with GROUP BY.
CREATE TABLE IF NOT EXISTS identities
(
    store_id LowCardinality(String),
    visitor_id String,
    customer_id String,
    seen_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')) COMMENT 'first seen together'
)
ENGINE = AggregatingMergeTree
ORDER BY (store_id, visitor_id, customer_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
