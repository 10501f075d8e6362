-- Copies of pages, masked and without scripts; equal ones once. Kept a while longer than what points at them.
CREATE TABLE IF NOT EXISTS snapshot_contents
(
    store_id LowCardinality(String),
    content_hash String COMMENT 'the first 16 bytes of the SHA-256 of content, in hex',
    content String COMMENT 'JSON' CODEC(ZSTD(6)),
    seen_at DateTime64(3, 'UTC') COMMENT 'when it arrived last'
)
ENGINE = ReplacingMergeTree(seen_at)
ORDER BY (store_id, content_hash)
TTL toDateTime(seen_at) + INTERVAL 100 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
