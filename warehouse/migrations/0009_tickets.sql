-- After-sales: enquiries, complaints, exchanges.
CREATE TABLE IF NOT EXISTS tickets
(
    store_id LowCardinality(String),
    ticket_id String,
    kind LowCardinality(String) COMMENT 'enquiry complaint exchange refund',
    status LowCardinality(String),
    order_id String,
    customer_id String,
    sku String,
    reason LowCardinality(String),
    opened_at DateTime64(3, 'UTC'),
    answered_at Nullable(DateTime64(3, 'UTC')),
    solved_at Nullable(DateTime64(3, 'UTC')),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, ticket_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
