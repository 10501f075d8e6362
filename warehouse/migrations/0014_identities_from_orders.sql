CREATE MATERIALIZED VIEW IF NOT EXISTS identities_from_orders TO identities AS
SELECT store_id, visitor_id, customer_id, min(placed_at) AS seen_at
FROM orders
WHERE visitor_id != '' AND customer_id != ''
GROUP BY store_id, visitor_id, customer_id
