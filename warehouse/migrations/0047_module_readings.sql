-- What one page view saw of one module: a row a module, slot 0, and a row a slot of it. As with page_readings the highest seq
-- counts.
CREATE TABLE IF NOT EXISTS module_readings
(
    store_id LowCardinality(String),
    path String,
    view_id String,
    module LowCardinality(String),
    slot UInt16 COMMENT '0: the module itself',
    seq UInt32,
    started_at DateTime64(3, 'UTC') COMMENT 'of the view',
    received_at DateTime64(3, 'UTC'),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3),
    visitor_id String,
    session_id String COMMENT 'the tracker''s own',
    version LowCardinality(String) COMMENT 'the structure of the page',
    width_class LowCardinality(String) COMMENT 'phone tablet laptop wide',
    position UInt16 COMMENT 'among the modules of the page, from 1',
    top Float32 COMMENT '0 to 1 of the page''s height',
    bottom Float32,
    exposures UInt32 COMMENT 'times it was half visible for a second',
    visible_ms UInt32,
    clicks UInt32,
    variant LowCardinality(String),
    is_bot Bool,
    precedence UInt64 DEFAULT bitShiftLeft(toUInt64(seq), 44) + 17592186044415 - toUnixTimestamp64Milli(received_at),
    INDEX by_started_at started_at TYPE minmax GRANULARITY 1,
    INDEX by_inserted_at inserted_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(precedence)
ORDER BY (store_id, path, view_id, module, slot)
TTL toDateTime(started_at) + INTERVAL 90 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
