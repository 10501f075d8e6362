-- Of the customers of the 365 days before as_of.
CREATE TABLE IF NOT EXISTS rfm_snapshots
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    customer_id String,
    last_order_at DateTime64(3, 'UTC'),
    recency_days UInt32,
    frequency UInt32,
    monetary Decimal(38, 4),
    r UInt8,
    f UInt8,
    m UInt8,
    segment LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (store_id, as_of, version, customer_id)
TTL toDateTime(as_of) + INTERVAL 40 DAY
