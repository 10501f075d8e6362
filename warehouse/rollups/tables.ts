import {
  type Measure,
  type Span,
  salesFacts,
  salesMeasures,
  sessionFacts,
  sessionMeasures,
  trafficFacts,
  trafficMeasures,
} from '../metrics/measures.ts'

/** What `touched_quarters` and the rollups speak of. */
export type Source = 'traffic' | 'sales'
export type Grain = 'minute' | 'hour' | 'day'

/** Facts of one kind: whence they come, when each counts, what is counted of them. */
interface Facts {
  from: (spans: readonly Span[]) => string
  at: string
  measures: Record<string, Measure>
}

interface Rollups {
  dimensions: readonly string[]
  facts: readonly Facts[]
}

/** The rollups of a source: `<source>_per_minute`, `_hour` and `_day`, of the same dimensions and measures. */
export const rollups: Record<Source, Rollups> = {
  traffic: {
    dimensions: ['channel', 'campaign', 'device'],
    facts: [
      { from: (spans) => trafficFacts({ spans }), at: 'occurred_at', measures: trafficMeasures },
      { from: (spans) => sessionFacts({ spans }), at: 'started_at', measures: sessionMeasures },
    ],
  },
  sales: {
    dimensions: ['channel', 'campaign', 'device', 'status', 'order_type', 'province', 'payment_method'],
    facts: [{ from: (spans) => salesFacts({ spans }), at: 'placed_at', measures: salesMeasures }],
  },
}

export const sources = ['traffic', 'sales'] as const satisfies readonly Source[]

/** All measures of a source's rollups by column. */
export const measuresOf = (source: Source): Record<string, Measure> =>
  Object.assign({}, ...rollups[source].facts.map((facts) => facts.measures))

/** How a measure's parts become one. */
const merged = (name: string, measure: Measure) =>
  measure.merge === 'sum' ? `sum(${name})` : `uniqExactMergeState(${name})`

const nothing = (measure: Measure) =>
  measure.merge === 'sum' ? '0' : `arrayReduce('uniqExactState', emptyArrayUInt64())`

/** A bucket's beginning as the rollup of that grain names it, in the zone of the parameter `time_zone`. */
export const bucketOf = (grain: Grain, time: string) =>
  ({
    minute: `toStartOfMinute(toDateTime(${time}, 'UTC'))`,
    hour: `toTimeZone(toStartOfHour(toDateTime(${time}, 'UTC'), {time_zone:String}), 'UTC')`,
    day: `toDate32(toDateTime(${time}, 'UTC'), {time_zone:String})`,
  })[grain]

/** The columns that name a bucket of a rollup: a minute is written, and valid, with its hour. */
export const keys = { minute: ['hour', 'minute'], hour: ['hour'], day: ['day'] } as const

const names = (source: Source, grain: Grain) => [...keys[grain], ...rollups[source].dimensions]

/** SELECT of a source's measures from raw facts of the spans, one row a bucket and combination of dimensions. */
export function fromRaw(source: Source, grain: Grain, spans: readonly Span[]): string {
  const all = Object.entries(measuresOf(source))
  const group = names(source, grain).join(', ')
  const parts = rollups[source].facts.map(({ from, at, measures }) => {
    const time = keys[grain].map((key) => `${bucketOf(key, at)} AS ${key}`)
    const counted = all.map(([name, measure]) =>
      name in measures ? `${measure.raw} AS ${name}_` : `${nothing(measure)} AS ${name}_`,
    )
    return `SELECT ${[...time, ...rollups[source].dimensions, ...counted].join(', ')} FROM ${from(spans)} GROUP BY ${group}`
  })
  const summed = all.map(([name, measure]) => `${merged(`${name}_`, measure)} AS ${name}`)
  return `SELECT ${group}, ${summed.join(', ')} FROM (${parts.join(' UNION ALL ')}) GROUP BY ${group}`
}

/**
 * SELECT of days from the newest version of their hours, which must be good. Takes the parameters store_id, time_zone,
 * `buckets`, the days, and from and to: the quarters of them that facts touched, so an hour may begin a little earlier.
 */
export function fromHours(source: Source): string {
  const dimensions = rollups[source].dimensions.join(', ')
  const summed = Object.entries(measuresOf(source)).map(([name, measure]) => `${merged(name, measure)} AS ${name}_`)
  const columns = Object.keys(measuresOf(source)).map((name) => `${name}_ AS ${name}`)
  const hours = `
    store_id = {store_id:String} AND time_zone = {time_zone:String}
    AND hour >= {from:DateTime64(3, 'UTC')} - INTERVAL 1 HOUR AND hour < {to:DateTime64(3, 'UTC')} AND ${bucketOf('day', 'hour')} IN {buckets:Array(Date32)}`
  return `SELECT day, ${dimensions}, ${columns.join(', ')} FROM (
    SELECT ${bucketOf('day', 'hour')} AS day, ${dimensions}, ${summed.join(', ')}
    FROM ${source}_per_hour
    WHERE ${hours} AND (hour, version) IN (SELECT hour, max(version) FROM ${source}_per_hour WHERE ${hours} GROUP BY hour)
    GROUP BY day, ${dimensions})`
}

/**
 * INSERT of whole buckets under one version; a bucket without facts gets one row of zeros.
 * Parameters: store_id, time_zone, version, buckets, and those of the SELECT.
 */
export function writeBuckets(source: Source, grain: Grain, select: string): string {
  const bucket = grain === 'day' ? 'day' : 'hour'
  const columns = [...names(source, grain), ...Object.keys(measuresOf(source))]
  const type = grain === 'day' ? 'Date32' : `DateTime('UTC')`
  const taken = columns.map((name) =>
    name === bucket ? 'b.bucket' : name === 'minute' ? `if(f.minute = 0, b.bucket, f.minute)` : `f.${name}`,
  )
  return `
    INSERT INTO ${source}_per_${grain} (store_id, time_zone, version, ${columns.join(', ')})
    SELECT {store_id:String}, {time_zone:String}, {version:DateTime64(6, 'UTC')}, ${taken.join(', ')}
    FROM (SELECT arrayJoin({buckets:Array(${type})}) AS bucket) AS b
    LEFT JOIN (${select}) AS f ON b.bucket = f.${bucket}`
}
