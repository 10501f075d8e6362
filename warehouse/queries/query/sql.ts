import type { DateTime } from 'luxon'
import { type MetricName, metrics } from '../../metrics/catalog.ts'
import { type DimensionName, dimensions } from '../../metrics/dimensions.ts'
import { percentileOf, readings } from '../../metrics/sources.ts'
import { type Span, within } from '../../metrics/span.ts'
import { bucketSql } from '../buckets.ts'
import { FilterValues, filterSql } from '../filter.ts'
import { firstDayFrom, type Period, toParam } from '../period.ts'
import { bucketColumn, rollupTable, type Width } from './bucket-states.ts'
import { isTime, type Question } from './parse.ts'
import { measuresOf, type Part } from './plan.ts'
import type { Segment } from './segments.ts'

const isMoney = (measure: string) => metrics[measure as MetricName].unit === 'money'
const mergeOf = (part: Part, measure: string) => readings[part.reading].measures[measure]?.merge ?? 'sum'
type Merges = ReadonlyMap<string, ReturnType<typeof mergeOf>>

/** A row of nothing for a measure that a segment does not read, of the type that the others give. */
function nothing(measure: string, merges: Merges): string {
  const merge = merges.get(measure)
  if (merge === 'percentile') return `arrayReduce('${percentileOf.state}', emptyArrayFloat64())`
  if (merge === 'distinct') return `arrayReduce('uniqExactState', emptyArrayUInt64())`
  return isMoney(measure) ? 'toDecimal128(0, 4)' : '0'
}

const groupBy = (question: Question) =>
  question.slices.length === 0 ? '' : `GROUP BY ${question.slices.map((_, at) => `d${at}`).join(', ')}`

/** What a segment is selected from: its rows, its time column, the expression of each measure. */
interface From {
  rows: string
  time: string
  isDay: boolean
  measure: (name: string) => string
}

function rawFrom({ part, periods }: Segment, spans: Span[]): From {
  const { facts, time, measures } = readings[part.reading]
  const days = periods.reduce((sum, { from, to }) => sum + to.diff(from, 'days').days, 0)
  return {
    rows: facts(spans, part.joined, days),
    time,
    isDay: part.reading === 'spend',
    measure: (name) => measures[name]?.raw ?? '',
  }
}

/** Which rows of a rollup tell anything of a reading: buckets without facts have a row of zeros. */
const tells = { traffic: 'events + bot_events > 0', sessions: 'sessions > 0', sales: 'orders > 0' } as const

function rollupFrom({ part }: Segment, width: Width, spans: Span[]): From {
  const { rollup = 'traffic', measures } = readings[part.reading]
  const [table, bucket] = [rollupTable(rollup, width), bucketColumn(width)]
  const where = `store_id = {store_id:String} AND time_zone = {time_zone:String} AND ${within(bucket, spans)}`
  return {
    // Of a bucket's rows those of its newest version count, so a key that vanished leaves no ghost.
    rows: `(
      SELECT * FROM ${table} FINAL
      WHERE ${where} AND ${tells[part.reading as keyof typeof tells]}
        AND (${bucket}, version) IN (SELECT ${bucket}, max(version) FROM ${table} WHERE ${where} GROUP BY ${bucket}))`,
    time: width,
    isDay: width === 'day',
    measure: (name) => {
      const measure = measures[name]
      return measure?.rollup ?? (measure?.merge === 'distinct' ? `uniqExactMergeState(${name})` : `sum(${name})`)
    },
  }
}

/** The stretches of a segment as parameters: instants, or days for the rollup of days. */
function spansOf({ from, periods }: Segment, params: Record<string, unknown>): Span[] {
  const type = from === 'day' ? 'Date32' : "DateTime64(3, 'UTC')"
  const write = (at: DateTime) => (from === 'day' ? at.toISODate() : toParam(at))
  return periods.map((period) => {
    const name = `span_${Object.keys(params).length}`
    params[`${name}_from`] = write(period.from)
    params[`${name}_to`] = write(period.to)
    return { from: `{${name}_from:${type}}`, to: `{${name}_to:${type}}` }
  })
}

function segmentSql(question: Question, { part }: Segment, from: From, merges: Merges, values: FilterValues) {
  const sqlOf = (name: DimensionName) => dimensions[name].sql[part.reading] ?? ''
  const sliced = question.slices.map((slice, at) =>
    isTime(slice)
      ? `${bucketSql(question.grain ?? 'day', from.time, from.isDay)} AS d${at}`
      : `toString(${sqlOf(slice)}) AS d${at}`,
  )
  const measured = question.metrics.flatMap(measuresOf).map((name) => {
    const sql = part.measures.includes(name) ? from.measure(name) : nothing(name, merges)
    return `${sql} AS m_${name}`
  })
  return `
    SELECT ${[...sliced, ...new Set(measured)].join(', ')}
    FROM ${from.rows}
    WHERE ${filterSql(question.filters, sqlOf, values)}
    ${groupBy(question)}`
}

/** SQL of a metric over merged measures; a ratio over nothing is NULL. */
function metricSql(name: MetricName, merged: (measure: string) => string): string {
  const { making, unit } = metrics[name]
  const made = (part: string) => metricSql(part as MetricName, merged)
  switch (making.kind) {
    case 'measure':
      return merged(name)
    case 'percentile':
      return `if(isNaN(${merged(name)}), NULL, ${merged(name)})`
    case 'difference':
      return `(${made(making.minuend)} - ${made(making.subtrahend)})`
    case 'ratio': {
      const quotient = `toFloat64(${made(making.numerator)}) / nullIf(toFloat64(${made(making.denominator)}), 0)`
      return unit === 'money' ? `round(${quotient}, 4)` : quotient
    }
  }
}

function orderSql(question: Question): string {
  const column = (by: string) => {
    const metric = (question.metrics as string[]).indexOf(by)
    return metric >= 0 ? `q${metric}` : `d${(question.slices as string[]).indexOf(by)}`
  }
  const ordered = question.order.map(({ by, descending }) => `${column(by)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`)
  // Then by every slice, so that ties have one order.
  return [...ordered, ...question.slices.map((_, at) => `d${at}`)].join(', ')
}

interface Selection {
  period: Period
  segments: Segment[]
  /** Rows at most. */
  limit: number
  /** Values that a slice is held to, by its place. */
  only?: ReadonlyMap<number, string[]>
}

/** One statement for all segments: each groups its facts, then the groups are merged, then ratios are taken. */
export function querySql(question: Question, { period, segments, limit, only }: Selection) {
  const merges: Merges = new Map(
    segments.flatMap(({ part }) => part.measures.map((name) => [name, mergeOf(part, name)] as const)),
  )
  const values = new FilterValues()
  const stretches: Record<string, unknown> = {}
  const parts = segments.map((segment) => {
    const spans = spansOf(segment, stretches)
    const from = segment.from === 'raw' ? rawFrom(segment, spans) : rollupFrom(segment, segment.from, spans)
    return segmentSql(question, segment, from, merges, values.again())
  })
  const merging = { sum: 'sum', distinct: 'uniqExactMerge', percentile: percentileOf.merge }
  const merged = (measure: string) => `${merging[merges.get(measure) ?? 'sum']}(m_${measure})`
  const columns = [
    ...question.slices.map((_, at) => `d${at}`),
    ...question.metrics.map((name, at) => `${metricSql(name, merged)} AS q${at}`),
  ]
  const held = [...(only ?? [])].map(([at]) => `d${at} IN {only_${at}:Array(String)}`)
  const order = orderSql(question)
  return {
    sql: `
      SELECT ${columns.join(', ')}
      FROM (${parts.join('\n UNION ALL ')})
      ${held.length > 0 ? `WHERE ${held.join(' AND ')}` : ''}
      ${groupBy(question)}
      ${order ? `ORDER BY ${order}` : ''}
      LIMIT ${limit}`,
    params: {
      store_id: question.store.store_id,
      time_zone: question.store.time_zone,
      from_day: firstDayFrom(period.from),
      to_day: firstDayFrom(period.to),
      as_of: toParam(question.asOf),
      ...stretches,
      ...values.params,
      ...Object.fromEntries([...(only ?? [])].map(([at, wanted]) => [`only_${at}`, wanted])),
    },
  }
}
