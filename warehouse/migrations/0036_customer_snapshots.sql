-- Which snapshots of a store's customers are whole: a snapshot's rows are written first, this last. The newest version of
-- an as_of is the snapshot.
CREATE TABLE IF NOT EXISTS customer_snapshots
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC') COMMENT 'a midnight of the store''s',
    time_zone LowCardinality(String),
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read'
)
ENGINE = MergeTree
ORDER BY (store_id, as_of, version)
TTL toDateTime(as_of) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
