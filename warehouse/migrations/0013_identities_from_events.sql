CREATE MATERIALIZED VIEW IF NOT EXISTS identities_from_events TO identities AS
SELECT store_id, visitor_id, customer_id, min(occurred_at) AS seen_at
FROM events
WHERE visitor_id != '' AND customer_id != ''
GROUP BY store_id, visitor_id, customer_id
