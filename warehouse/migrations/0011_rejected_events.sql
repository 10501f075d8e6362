-- What was refused, whole, with the reason beside it: an event or a record.
CREATE TABLE IF NOT EXISTS rejected_events
(
    store_id LowCardinality(String),
    rejected_id String,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    kind LowCardinality(String) COMMENT 'event, or the kind of record',
    protocol LowCardinality(String),
    code LowCardinality(String),
    path String COMMENT 'the field, as in properties.products[0].price',
    message String,
    payload String COMMENT 'JSON as received, personal data masked'
)
ENGINE = ReplacingMergeTree(inserted_at)
ORDER BY (store_id, received_at, rejected_id)
TTL toDateTime(received_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
