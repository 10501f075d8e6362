-- The rows that a step of the recompute job is about to write to sessions, with the quarters they change. The quarters
-- are marked before the rows are written, so that a crash between the two costs work, never a number.
CREATE TABLE IF NOT EXISTS session_changes
(
    store_id LowCardinality(String),
    visitor_id String,
    started_at DateTime64(3, 'UTC'),
    session_id String,
    ended_at DateTime64(3, 'UTC'),
    sender_session_id String,
    is_continued Bool,
    customer_id String,
    events UInt32,
    pageviews UInt32,
    entry_path String,
    exit_path String,
    referrer String,
    channel LowCardinality(String),
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    is_bot Bool,
    version DateTime64(6, 'UTC'),
    is_deleted UInt8,
    quarters Array(DateTime('UTC'))
)
ENGINE = MergeTree
ORDER BY (store_id, version, visitor_id)
TTL toDateTime(version) + INTERVAL 7 DAY
SETTINGS ttl_only_drop_parts = 1
