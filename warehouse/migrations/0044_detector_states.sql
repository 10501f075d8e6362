-- What detectors remember of their series up to a moment; what came after is played again. A state that is lost is learnt
-- again from the facts.
CREATE TABLE IF NOT EXISTS detector_states
(
    store_id LowCardinality(String),
    rule_id String,
    slice String COMMENT 'the value of the slice, empty: the whole',
    judged_until DateTime64(3, 'UTC'),
    state String CODEC(ZSTD(3)),
    version DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (store_id, rule_id, slice)
TTL toDateTime(version) + INTERVAL 60 DAY
