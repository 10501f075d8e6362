CREATE TABLE IF NOT EXISTS return_snapshots
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    day Date32 COMMENT 'of placement for what is linked, of giving for refunds',
    matured Bool,
    paid_orders UInt64,
    returned_orders UInt64,
    paid_gmv Decimal(38, 4),
    returned_amount Decimal(38, 4),
    refunds UInt64,
    refund_amount Decimal(38, 4)
)
ENGINE = MergeTree
ORDER BY (store_id, as_of, version, day)
TTL toDateTime(as_of) + INTERVAL 400 DAY
