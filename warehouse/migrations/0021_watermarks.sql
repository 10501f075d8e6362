-- How far a job has read: whatever was inserted up to the position is worked in. Never within the ten seconds that an
-- insert may take to become visible.
CREATE TABLE IF NOT EXISTS watermarks
(
    store_id LowCardinality(String),
    job LowCardinality(String),
    mode LowCardinality(String) COMMENT 'by which rules it was read; other rules begin again',
    position DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, job)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
