-- Scratch of one step of the recompute job: the orders whose attribution may change.
CREATE TABLE IF NOT EXISTS touched_orders
(
    store_id LowCardinality(String),
    step DateTime64(6, 'UTC') COMMENT 'when its facts were read, the name of the step',
    order_id String
)
ENGINE = MergeTree
ORDER BY (store_id, step, order_id)
TTL toDateTime(step) + INTERVAL 1 DAY
SETTINGS ttl_only_drop_parts = 1
