-- Stock on hand of a product at a place, as last told.
CREATE TABLE IF NOT EXISTS inventory
(
    store_id LowCardinality(String),
    sku String,
    location String,
    on_hand Int64,
    reserved Int64,
    safety_stock Nullable(Int64),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, sku, location)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
