-- What the nightly comparison with raw facts found wrong and had recomputed: normally nothing.
CREATE TABLE IF NOT EXISTS rollup_differences
(
    store_id LowCardinality(String),
    rollup LowCardinality(String),
    bucket String COMMENT 'the hour or the day',
    what String COMMENT 'the measures that differ, of the rollup and of raw facts',
    found_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (store_id, found_at, rollup, bucket)
TTL toDateTime(found_at) + INTERVAL 400 DAY
