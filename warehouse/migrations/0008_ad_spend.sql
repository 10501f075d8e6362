CREATE TABLE IF NOT EXISTS ad_spend
(
    store_id LowCardinality(String),
    day Date32 COMMENT 'of the store''s time zone',
    channel LowCardinality(String),
    campaign String,
    amount Decimal(18, 4),
    currency LowCardinality(String),
    impressions UInt64,
    clicks UInt64,
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, day, channel, campaign)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
