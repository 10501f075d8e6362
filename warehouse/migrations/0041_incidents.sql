-- Every version of every incident: the newest is how it stands, all of them are its timeline. A version says whom it is to
-- be told to; that it was told is in notifications.
CREATE TABLE IF NOT EXISTS incidents
(
    store_id LowCardinality(String),
    incident_id String,
    version UInt32,
    transition LowCardinality(String) COMMENT 'opened, acknowledged, …',
    state LowCardinality(String) COMMENT 'open, acknowledged, resolved',
    rule_id String,
    metric LowCardinality(String),
    opened_at DateTime64(3, 'UTC'),
    value String COMMENT 'the incident as JSON',
    notify Array(String) COMMENT 'contact points that this version must reach',
    actor String,
    at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (store_id, incident_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
