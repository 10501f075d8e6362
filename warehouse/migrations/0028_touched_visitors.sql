-- Scratch of one step of the recompute job: whose sessions new events may change, and between which times.
CREATE TABLE IF NOT EXISTS touched_visitors
(
    store_id LowCardinality(String),
    step DateTime64(6, 'UTC') COMMENT 'when its facts were read, the name of the step',
    visitor_id String,
    sender_session_id String,
    from_at DateTime64(3, 'UTC'),
    to_at DateTime64(3, 'UTC') COMMENT 'inclusive',
    is_continued Bool COMMENT 'what begins at from_at continues the session before it',
    events UInt64
)
ENGINE = MergeTree
ORDER BY (store_id, step, visitor_id)
TTL toDateTime(step) + INTERVAL 1 DAY
SETTINGS ttl_only_drop_parts = 1
