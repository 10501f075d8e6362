CREATE MATERIALIZED VIEW IF NOT EXISTS touched_by_orders TO touched_quarters AS
SELECT store_id, 'sales' AS source, toStartOfFifteenMinutes(toDateTime(placed_at)) AS quarter, max(inserted_at) AS touched_at, count() AS facts
FROM orders
GROUP BY store_id, quarter
