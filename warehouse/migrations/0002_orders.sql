-- The newest snapshot of an order from each source. Never partitioned: a version may move to any day.
CREATE TABLE IF NOT EXISTS orders
(
    store_id LowCardinality(String),
    order_id String,
    source LowCardinality(String) COMMENT 'ledger: the shop''s records; event: what the browser saw',
    status LowCardinality(String) COMMENT 'pending paid fulfilled delivered completed cancelled unfulfillable',
    raw_status LowCardinality(String),
    type LowCardinality(String) COMMENT 'normal presale group_buy',
    customer_id String,
    visitor_id String,
    session_id String,
    placed_at DateTime64(3, 'UTC'),
    paid_at Nullable(DateTime64(3, 'UTC')),
    shipped_at Nullable(DateTime64(3, 'UTC')),
    delivered_at Nullable(DateTime64(3, 'UTC')),
    estimated_delivery_at Nullable(DateTime64(3, 'UTC')),
    cancelled_at Nullable(DateTime64(3, 'UTC')),
    currency LowCardinality(String),
    gross Decimal(18, 4) COMMENT 'goods after item discounts: what gmv sums',
    discount Decimal(18, 4) COMMENT 'on the whole order',
    shipping Decimal(18, 4),
    tax Decimal(18, 4),
    paid Nullable(Decimal(18, 4)) COMMENT 'the amount received, where the sender tells it',
    coupon LowCardinality(String),
    province LowCardinality(String),
    payment_method LowCardinality(String),
    carrier LowCardinality(String),
    channel LowCardinality(String) COMMENT 'as given by the sender, empty when it gives none',
    campaign LowCardinality(String),
    lines Nested
    (
        line_no UInt32,
        sku String,
        name String,
        category LowCardinality(String),
        quantity Int64,
        price Decimal(18, 4),
        discount Decimal(18, 4)
    ),
    updated_at DateTime64(3, 'UTC'),
    content_hash UInt64 COMMENT 'decides a tie of updated_at the same way each time',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    version UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(updated_at)), 64), toUInt128(content_hash)),
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, order_id, source)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
