-- A visitor's events less than 30 minutes apart. Recomputed for every visitor that new events touch; a session that
-- late events merged into another is written as deleted. Sorted by day, because spans of time are what is asked for.
CREATE TABLE IF NOT EXISTS sessions
(
    store_id LowCardinality(String),
    visitor_id String,
    started_at DateTime64(3, 'UTC'),
    session_id String COMMENT 'the sender''s when the store trusts it, else derived from visitor and start',
    ended_at DateTime64(3, 'UTC'),
    sender_session_id String COMMENT 'what the store was trusted with; empty: cut by the 30-minute gap',
    is_continued Bool COMMENT 'cut from the session before it by the end of a day without a pause, not by a gap',
    customer_id String,
    events UInt32,
    pageviews UInt32,
    entry_path String,
    exit_path String,
    referrer String,
    channel LowCardinality(String) COMMENT 'of the first event that tells one, else direct',
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    is_bot Bool,
    version DateTime64(6, 'UTC') COMMENT 'when the events were read',
    is_deleted UInt8,
    INDEX by_ended_at ended_at TYPE minmax GRANULARITY 1,
    INDEX by_visitor_id visitor_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (store_id, toDate(started_at), visitor_id, started_at, session_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
