-- What one page view came to: how far down it was read, and how long. A reading tells all that is true so far, so of one view
-- the highest seq counts, and of its copies the first.
CREATE TABLE IF NOT EXISTS page_readings
(
    store_id LowCardinality(String),
    path String,
    view_id String,
    seq UInt32,
    started_at DateTime64(3, 'UTC') COMMENT 'corrected by the skew of the client clock',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    visitor_id String,
    session_id String COMMENT 'the tracker''s own',
    title String,
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    width UInt16,
    height UInt16,
    page_height UInt32,
    reach UInt8 COMMENT 'the last of 50 bands that was seen, from 0',
    attention Array(UInt32) COMMENT 'milliseconds in each of 50 bands',
    variant LowCardinality(String),
    is_bot Bool,
    precedence UInt64 DEFAULT bitShiftLeft(toUInt64(seq), 44) + 17592186044415 - toUnixTimestamp64Milli(received_at),
    INDEX by_started_at started_at TYPE minmax GRANULARITY 1,
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(precedence)
ORDER BY (store_id, path, view_id)
TTL toDateTime(started_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
