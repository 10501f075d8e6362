CREATE TABLE IF NOT EXISTS refunds
(
    store_id LowCardinality(String),
    refund_id String,
    order_id String COMMENT 'empty: unlinked',
    customer_id String,
    refunded_at DateTime64(3, 'UTC'),
    amount Decimal(18, 4),
    currency LowCardinality(String),
    reason LowCardinality(String) COMMENT 'quality not_as_described size late changed_mind damaged wrong_item other, empty when not told',
    raw_reason String,
    lines Nested
    (
        line_no UInt32,
        sku String,
        quantity Int64,
        amount Decimal(18, 4)
    ),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64,
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash)),
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, refund_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
