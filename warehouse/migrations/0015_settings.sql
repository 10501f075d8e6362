-- Every setting ever, as versioned documents: the newest version counts, all of them are the audit log.
CREATE TABLE IF NOT EXISTS settings
(
    store_id LowCardinality(String) COMMENT 'empty: the whole instance',
    kind LowCardinality(String),
    id String,
    version UInt32,
    value String COMMENT 'JSON; empty: deleted',
    actor String,
    at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (kind, store_id, id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
