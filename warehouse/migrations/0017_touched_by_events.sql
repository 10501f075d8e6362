CREATE MATERIALIZED VIEW IF NOT EXISTS touched_by_events TO touched_quarters AS
SELECT store_id, 'traffic' AS source, toStartOfFifteenMinutes(toDateTime(occurred_at)) AS quarter, max(inserted_at) AS touched_at, count() AS facts
FROM events
GROUP BY store_id, quarter
