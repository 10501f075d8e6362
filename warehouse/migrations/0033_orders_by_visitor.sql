ALTER TABLE orders ADD INDEX IF NOT EXISTS by_visitor_id visitor_id TYPE bloom_filter(0.01) GRANULARITY 4
