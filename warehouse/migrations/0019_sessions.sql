-- A visitor's events less than 30 minutes apart. Recomputed for every visitor that new events touch; a session that
-- late events merged into another is written as deleted.
CREATE TABLE IF NOT EXISTS sessions
(
    store_id LowCardinality(String),
    visitor_id String,
    started_at DateTime64(3, 'UTC'),
    session_id String COMMENT 'the sender''s when the store trusts it, else derived from visitor and start',
    ended_at DateTime64(3, 'UTC'),
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
    version DateTime64(6, 'UTC'),
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (store_id, visitor_id, started_at, session_id)
