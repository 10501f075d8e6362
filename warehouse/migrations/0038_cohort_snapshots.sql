CREATE TABLE IF NOT EXISTS cohort_snapshots
(
    store_id LowCardinality(String),
    as_of DateTime64(3, 'UTC'),
    version DateTime64(6, 'UTC'),
    cohort Date32 COMMENT 'the month of the first counted order',
    size UInt64,
    active Array(UInt64) COMMENT 'customers with an order k months later',
    orders Array(UInt64),
    revenue Array(Decimal(38, 4))
)
ENGINE = MergeTree
ORDER BY (store_id, as_of, version, cohort)
TTL toDateTime(as_of) + INTERVAL 400 DAY
