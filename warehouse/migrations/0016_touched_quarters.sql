-- When the facts of a quarter of an hour last changed. A rollup of a bucket is good while it is newer than this, for
-- every quarter in the bucket. Quarters, because the hours and days of every time zone begin on one.
CREATE TABLE IF NOT EXISTS touched_quarters
(
    store_id LowCardinality(String),
    source LowCardinality(String) COMMENT 'traffic or sales',
    quarter DateTime('UTC'),
    touched_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'inserted_at of the newest row',
    facts SimpleAggregateFunction(sum, UInt64) COMMENT 'rows that arrived, copies included'
)
ENGINE = AggregatingMergeTree
ORDER BY (store_id, source, quarter)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
