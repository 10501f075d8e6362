ALTER TABLE orders ADD INDEX IF NOT EXISTS by_customer_id customer_id TYPE bloom_filter(0.01) GRANULARITY 4
