CREATE VIEW IF NOT EXISTS order_lines AS
SELECT
    store_id,
    order_id,
    source,
    status,
    placed_at,
    paid_at,
    customer_id,
    line.line_no AS line_no,
    line.sku AS sku,
    line.name AS name,
    line.category AS category,
    line.quantity AS quantity,
    line.price AS price,
    line.discount AS discount,
    line.quantity * line.price - line.discount AS amount
FROM orders_current
ARRAY JOIN lines AS line
