-- One row an order: the ledger's where there is one, else the browser's.
CREATE VIEW IF NOT EXISTS orders_current AS
SELECT *
FROM orders FINAL
WHERE source = 'ledger'
   OR (store_id, order_id) NOT IN (SELECT store_id, order_id FROM orders WHERE source = 'ledger')
