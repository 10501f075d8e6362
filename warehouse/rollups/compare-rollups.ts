import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { ask } from '../define-query.ts'
import { type DueBucket, goodBuckets } from './due-buckets.ts'
import { readClock } from './execute.ts'
import type { Hold } from './fence.ts'
import { fromRaw, type Grain, keys, measuresOf, rollups, type Source, sources } from './tables.ts'
import { bindSpans, minuteDays, slices } from './write-rollups.ts'

const difference = z.object({ bucket: z.string(), what: z.string() })

// What the rollup says less what raw facts say, by measure; combinations of which nothing differs fall out.
function differing(source: Source, grain: Grain, raw: string): string {
  const { dimensions } = rollups[source]
  const bucket = grain === 'day' ? 'day' : 'hour'
  const type = grain === 'day' ? 'Date32' : `DateTime('UTC')`
  const measures = Object.entries(measuresOf(source))
  const signed = (sign: number) =>
    measures.map(([name, { merge }]) =>
      merge === 'sum'
        ? `${sign} * toDecimal128(${name}, 4) AS ${name}_`
        : `${sign} * toDecimal128(finalizeAggregation(${name}), 4) AS ${name}_`,
    )
  const group = [...keys[grain], ...dimensions].join(', ')
  const standing = `store_id = {store_id:String} AND time_zone = {time_zone:String} AND ${bucket} IN {buckets:Array(${type})}`
  return `
    SELECT toString(${bucket}) AS bucket, arrayStringConcat(groupUniqArrayArray(differs), ', ') AS what
    FROM (
      SELECT ${group}, [${measures.map(([name]) => `if(sum(${name}_) = 0, '', '${name}')`).join(', ')}] AS all,
        arrayFilter(name -> name != '', all) AS differs
      FROM (
        SELECT ${group}, ${signed(1).join(', ')}
        FROM ${source}_per_${grain}
        WHERE ${standing} AND (${bucket}, version) IN (
          SELECT ${bucket}, max(version) FROM ${source}_per_${grain} WHERE ${standing} GROUP BY ${bucket})
        UNION ALL
        SELECT ${group}, ${signed(-1).join(', ')} FROM (${raw}) WHERE ${bucket} IN {buckets:Array(${type})}
      )
      GROUP BY ${group}
    )
    WHERE notEmpty(differs)
    GROUP BY ${bucket}`
}

export interface RollupDifference {
  rollup: string
  bucket: string
  /** Names of the measures that differ. */
  what: string
}

interface Zoned {
  store_id: string
  time_zone: string
}

async function compareGrain(
  warehouse: Warehouse,
  zoned: Zoned & { days: number },
  source: Source,
  grain: Grain,
  hold: Hold,
) {
  const width = grain === 'day' ? 'day' : 'hour'
  const good = goodBuckets[source][width]
  const found = new Map<string, { version: string; from: string; what: string }>()
  for (const { buckets, spans } of slices(await good(warehouse, zoned))) {
    await hold()
    const bound = bindSpans(spans)
    const rows = await ask(warehouse, {
      name: `compare ${source} per ${grain}`,
      row: difference,
      sql: differing(source, grain, fromRaw(source, grain, bound.spans)),
      params: {
        store_id: zoned.store_id,
        time_zone: zoned.time_zone,
        ...bound.params,
        buckets: buckets.map(({ bucket }) => bucket),
      },
    })
    const byBucket = new Map(buckets.map((bucket) => [bucket.bucket, bucket]))
    for (const { bucket, what } of rows) {
      const { version, from } = byBucket.get(bucket) as DueBucket
      found.set(bucket, { version, from, what })
    }
  }
  if (found.size === 0) return []
  // What has been touched or made again meanwhile differed because facts were arriving.
  const still = await good(warehouse, zoned)
  return still.flatMap(({ bucket, version }) => {
    const was = found.get(bucket)
    return was?.version === version ? [{ rollup: `${source}_per_${grain}`, source, bucket, ...was }] : []
  })
}

/**
 * Compares the good buckets of the last days with raw facts, records those that differ and marks them to be made again.
 * There should be none.
 */
export async function compareRollups(
  warehouse: Warehouse,
  zoned: Zoned,
  hold: Hold,
  { days = 35 } = {},
): Promise<RollupDifference[]> {
  const all = []
  for (const source of sources) {
    for (const grain of ['minute', 'hour', 'day'] as const) {
      all.push(
        ...(await compareGrain(
          warehouse,
          { ...zoned, days: grain === 'minute' ? Math.min(days, minuteDays) : days },
          source,
          grain,
          hold,
        )),
      )
    }
  }
  if (all.length === 0) return []
  const { store_id } = zoned
  const found_at = (await readClock(warehouse)).slice(0, 23)
  await warehouse.insert({
    table: 'touched_quarters',
    format: 'JSONEachRow',
    values: all.map(({ source, from }) => ({ store_id, source, quarter: from, touched_at: found_at, facts: 0 })),
  })
  const differences = all.map(({ rollup, bucket, what }) => ({ rollup, bucket, what }))
  await warehouse.insert({
    table: 'rollup_differences',
    format: 'JSONEachRow',
    values: differences.map((difference) => ({ store_id, found_at, ...difference })),
  })
  return differences
}
