-- How far a job has read, by the inserted_at of its source.
CREATE TABLE IF NOT EXISTS watermarks
(
    store_id LowCardinality(String),
    job LowCardinality(String),
    position DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, job)
