CREATE TABLE IF NOT EXISTS repurchase_snapshots
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    month Date32 COMMENT 'whose customers',
    basis LowCardinality(String) COMMENT 'first_order, period_buyers',
    window_days UInt16,
    eligible UInt64,
    repurchased UInt64
)
ENGINE = MergeTree
ORDER BY (store_id, as_of, version, basis, month, window_days)
TTL toDateTime(as_of) + INTERVAL 400 DAY
