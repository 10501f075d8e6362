-- Of an hour's rows those of the newest version count.
CREATE TABLE IF NOT EXISTS sales_per_hour
(
    store_id LowCardinality(String),
    time_zone LowCardinality(String) COMMENT 'whose hours and days these are',
    hour DateTime('UTC'),
    channel LowCardinality(String),
    campaign LowCardinality(String),
    device LowCardinality(String),
    status LowCardinality(String),
    order_type LowCardinality(String),
    province LowCardinality(String),
    payment_method LowCardinality(String),
    orders UInt64,
    paid_orders UInt64,
    units Int64,
    gmv Decimal(38, 4),
    paid_gmv Decimal(38, 4),
    clean_gmv Decimal(38, 4) COMMENT 'paid gmv of orders not suspected of brushing',
    buyers AggregateFunction(uniqExact, UInt64),
    anonymous_paid_orders UInt64 COMMENT 'paid orders without a buyer',
    version DateTime64(6, 'UTC') COMMENT 'when the facts were read; the newest of a bucket is the bucket'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, time_zone, hour, channel, campaign, device, status, order_type, province, payment_method)
