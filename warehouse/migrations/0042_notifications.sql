-- How far the delivery of each version of an incident to each contact point is: the newest row of a key counts. A key that
-- incidents.notify names and that has no row yet is waiting.
CREATE TABLE IF NOT EXISTS notifications
(
    store_id LowCardinality(String),
    incident_id String,
    incident_version UInt32,
    contact_point_id String COMMENT 'as named by the incident, whoever got it in its stead',
    transition LowCardinality(String),
    status LowCardinality(String) COMMENT 'sending, retrying, sent, given_up',
    reached String COMMENT 'the contact point that took it: this one or a fallback',
    attempts UInt32,
    next_at DateTime64(3, 'UTC') COMMENT 'not tried before',
    idempotency_key String COMMENT 'the same in every copy',
    error String COMMENT 'of the last attempt',
    version DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, incident_id, incident_version, contact_point_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
