import { z } from 'zod'
import { defineQuery } from '../define-query.ts'
import { bucketOf, type Source, sources } from './tables.ts'

/** The longest that an insert may take between its inserted_at and being visible. */
const settling = 'INTERVAL 10 SECOND'

const zoned = { store_id: z.string(), time_zone: z.string() }

/** Buckets that facts have touched, with their newest version: `is_good` is what readers rely on. */
const states = (source: Source, grain: 'hour' | 'day') => `
  SELECT t.bucket AS bucket, t.from_at AS from_at, t.to_at AS to_at, t.touched_at AS touched_at, t.facts AS facts,
    w.version AS version, w.version > t.touched_at + ${settling} AS is_good
  FROM (
    SELECT ${bucketOf(grain, 'quarter')} AS bucket, min(quarter) AS from_at, max(quarter) + INTERVAL 15 MINUTE AS to_at,
      max(touched_quarters.touched_at) AS touched_at, sum(touched_quarters.facts) AS facts
    FROM touched_quarters
    WHERE store_id = {store_id:String} AND source = '${source}'
    GROUP BY bucket
  ) AS t
  LEFT JOIN (
    SELECT ${grain} AS bucket, max(${source}_per_${grain}.version) AS version
    FROM ${source}_per_${grain}
    WHERE store_id = {store_id:String} AND time_zone = {time_zone:String}
    GROUP BY bucket
  ) AS w ON t.bucket = w.bucket`

/** A bucket to be made again, and the part of it in which facts have ever been. */
const dueBucket = z.object({
  bucket: z.string(),
  from: z.string(),
  to: z.string(),
  facts: z.number(),
  /** Its newest version until now; 1970 when there was none. */
  version: z.string(),
})
export type DueBucket = z.output<typeof dueBucket>

const daysWithBadHours = (source: Source) => `
  AND bucket NOT IN (SELECT ${bucketOf('day', 'bucket')} FROM (${states(source, 'hour')}) WHERE NOT is_good)`

const due = (source: Source, grain: 'hour' | 'day') =>
  defineQuery({
    name: `due ${source} ${grain}s`,
    params: z.object({ ...zoned, version: z.string(), limit: z.int() }),
    row: dueBucket,
    sql: `
      SELECT toString(bucket) AS bucket, toString(from_at) AS from, toString(to_at) AS to, facts, toString(version) AS version
      FROM (${states(source, grain)}) AS s
      WHERE NOT s.is_good AND s.touched_at + ${settling} < {version:DateTime64(6, 'UTC')}
        ${grain === 'day' ? daysWithBadHours(source).replace('bucket NOT', 's.bucket NOT') : ''}
      ORDER BY s.bucket DESC
      LIMIT {limit:UInt32}`,
  })

/**
 * The buckets that are not good and would be if they were made now, newest first. One touched within the last ten
 * seconds would not be: it waits until it has cooled, and readers take raw facts meanwhile. A day waits for its hours.
 */
export const dueBuckets = {
  traffic: { hour: due('traffic', 'hour'), day: due('traffic', 'day') },
  sales: { hour: due('sales', 'hour'), day: due('sales', 'day') },
}

const ripe = (source: Source, grain: 'hour' | 'day') => `
  SELECT 1 FROM (${states(source, grain)}) AS s
  WHERE NOT s.is_good AND s.touched_at + ${settling} < {version:DateTime64(6, 'UTC')}`

/** Whether any bucket may be due: one question for the many times when none is. */
export const anyDue = defineQuery({
  name: 'any due',
  params: z.object({ ...zoned, version: z.string() }),
  row: z.object({ due: z.number() }),
  sql: `
    SELECT count() AS due
    FROM (${sources.flatMap((source) => [ripe(source, 'hour'), ripe(source, 'day')]).join(' UNION ALL ')})`,
})

const settled = (source: Source, grain: 'hour' | 'day') =>
  defineQuery({
    name: `good ${source} ${grain}s`,
    params: z.object({ ...zoned, days: z.int() }),
    row: dueBucket,
    sql: `
      SELECT toString(bucket) AS bucket, toString(from_at) AS from, toString(to_at) AS to, facts, toString(version) AS version
      FROM (${states(source, grain)}) AS s
      WHERE s.is_good AND s.to_at > now() - INTERVAL {days:UInt32} DAY
      ORDER BY s.bucket DESC`,
  })

/** The good buckets of the last so many days, newest first. */
export const goodBuckets = {
  traffic: { hour: settled('traffic', 'hour'), day: settled('traffic', 'day') },
  sales: { hour: settled('sales', 'hour'), day: settled('sales', 'day') },
}

const lagOf = (source: Source) => `
  SELECT touched_at FROM (${states(source, 'hour')}) WHERE NOT is_good
  UNION ALL
  SELECT touched_at FROM (${states(source, 'day')}) WHERE NOT is_good`

/** How many buckets of a store are not good, and for how many seconds the one that was left alone longest has not been. */
export const rollupLag = defineQuery({
  name: 'rollup lag',
  params: z.object(zoned),
  row: z.object({ bad_buckets: z.number(), lag_seconds: z.number() }),
  sql: `
    SELECT count() AS bad_buckets,
      if(bad_buckets = 0, 0, greatest(0, dateDiff('millisecond', min(touched_at), now64(3, 'UTC')) / 1000)) AS lag_seconds
    FROM (${lagOf('traffic')} UNION ALL ${lagOf('sales')})`,
})
