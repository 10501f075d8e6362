-- Which copy of a page stands behind its heatmap: the newest of each structure and width.
CREATE TABLE IF NOT EXISTS page_snapshots
(
    store_id LowCardinality(String),
    path String,
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    taken_at DateTime64(3, 'UTC') COMMENT 'when it arrived',
    width UInt16,
    height UInt16,
    page_height UInt32,
    title String,
    content_hash String
)
ENGINE = ReplacingMergeTree(taken_at)
ORDER BY (store_id, path, version, width_class)
TTL toDateTime(taken_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
