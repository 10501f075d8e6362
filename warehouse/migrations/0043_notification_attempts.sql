-- Every attempt to deliver something to a contact point, tests of one included.
CREATE TABLE IF NOT EXISTS notification_attempts
(
    store_id LowCardinality(String),
    at DateTime64(3, 'UTC'),
    contact_point_id String,
    idempotency_key String COMMENT 'empty: a test',
    incident_ids Array(String) COMMENT 'several when they were told in one message',
    transition LowCardinality(String),
    ok Bool,
    milliseconds UInt32,
    answer String COMMENT 'status and the beginning of the body, secrets left out',
    error String
)
ENGINE = MergeTree
ORDER BY (store_id, at)
TTL toDateTime(at) + INTERVAL 180 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
