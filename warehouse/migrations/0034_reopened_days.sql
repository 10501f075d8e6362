-- Days whose numbers moved after they had closed at the store's midnight.
CREATE TABLE IF NOT EXISTS reopened_days
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
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, day, source, time_zone, reopened_at)
