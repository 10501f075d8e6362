-- Clicks and taps, each once, as a position in the element that was hit. view_id is a UUID of version 7: as text it sorts by
-- time, so a page's period lies together.
CREATE TABLE IF NOT EXISTS page_clicks
(
    store_id LowCardinality(String),
    path String,
    view_id String COMMENT 'the page view in which it happened',
    n UInt32 COMMENT 'its number in the view',
    occurred_at DateTime64(3, 'UTC') COMMENT 'corrected by the skew of the client clock',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    visitor_id String,
    session_id String COMMENT 'the tracker''s own',
    url String,
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    width UInt16,
    height UInt16,
    selector LowCardinality(String),
    x Float32 COMMENT '0 to 1 of the element''s box',
    y Float32,
    module LowCardinality(String) COMMENT 'empty: in none',
    slot UInt16 COMMENT '0: the module itself',
    href String,
    text String COMMENT 'of the element, masked',
    state LowCardinality(String) COMMENT 'what lay over the page; empty: nothing',
    is_fixed Bool,
    is_dead Bool,
    is_rage Bool,
    is_error Bool,
    variant LowCardinality(String),
    is_bot Bool,
    precedence UInt64 DEFAULT 18446744073709551615 - toUnixTimestamp64Milli(received_at) COMMENT 'the first arrival wins',
    INDEX by_occurred_at occurred_at TYPE minmax GRANULARITY 1,
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(precedence)
ORDER BY (store_id, path, view_id, n)
TTL toDateTime(occurred_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
