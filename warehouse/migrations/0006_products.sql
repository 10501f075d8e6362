CREATE TABLE IF NOT EXISTS products
(
    store_id LowCardinality(String),
    sku String,
    name String,
    category LowCardinality(String),
    brand LowCardinality(String),
    price Nullable(Decimal(18, 4)),
    cost Nullable(Decimal(18, 4)),
    url String,
    image_url String,
    status LowCardinality(String),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, sku)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
