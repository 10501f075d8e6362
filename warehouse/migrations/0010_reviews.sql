CREATE TABLE IF NOT EXISTS reviews
(
    store_id LowCardinality(String),
    review_id String,
    order_id String,
    customer_id String,
    sku String,
    rating Nullable(UInt8) COMMENT '1 to 5',
    body String,
    reviewed_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, review_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
