import { type MetricName, metrics } from '../../metrics/catalog.ts'
import { dimensions } from '../../metrics/dimensions.ts'
import { readings } from '../../metrics/sources.ts'
import { asked, type Span } from '../../metrics/span.ts'
import { bucketSql } from '../buckets.ts'
import { FilterValues, filterSql } from '../filter.ts'
import { firstDayFrom, type Period, toParam } from '../period.ts'
import { isTime, type Question } from './parse.ts'
import { measuresOf, type Part } from './plan.ts'

/** A part of an answer that is read from one place. */
export interface Segment {
  part: Part
  spans: readonly Span[]
}

export const rawSegment = (part: Part): Segment => ({ part, spans: [asked] })

const isMoney = (measure: string) => metrics[measure as MetricName].unit === 'money'
const isDistinct = (part: Part, measure: string) => readings[part.reading].measures[measure]?.merge === 'distinct'

/** A row of nothing for a measure that a segment does not read, of the type that the others give. */
function nothing(measure: string, distinct: boolean): string {
  if (distinct) return `arrayReduce('uniqExactState', emptyArrayUInt64())`
  return isMoney(measure) ? 'toDecimal128(0, 4)' : '0'
}

const groupBy = (question: Question) =>
  question.slices.length === 0 ? '' : `GROUP BY ${question.slices.map((_, at) => `d${at}`).join(', ')}`

function segmentSql(
  question: Question,
  { part, spans }: Segment,
  measureSql: (measure: string) => string,
  values: FilterValues,
) {
  const { facts, time } = readings[part.reading]
  const sliced = question.slices.map((slice, at) =>
    isTime(slice)
      ? `${bucketSql(question.grain ?? 'day', time, part.reading === 'spend')} AS d${at}`
      : `toString(${dimensions[slice].sql[part.reading]}) AS d${at}`,
  )
  const measured = question.metrics.flatMap(measuresOf).map((measure) => `${measureSql(measure)} AS m_${measure}`)
  return `
    SELECT ${[...sliced, ...new Set(measured)].join(', ')}
    FROM ${facts(spans, part.joined)}
    WHERE ${filterSql(question.filters, (name) => dimensions[name].sql[part.reading] ?? '', values)}
    ${groupBy(question)}`
}

/** SQL of a metric over merged measures; a ratio over nothing is NULL. */
function metricSql(name: MetricName, merged: (measure: string) => string): string {
  const { making, unit } = metrics[name]
  const made = (part: string) => metricSql(part as MetricName, merged)
  switch (making.kind) {
    case 'measure':
      return merged(name)
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
  const distinct = new Set(segments.flatMap(({ part }) => part.measures.filter((name) => isDistinct(part, name))))
  const values = new FilterValues()
  const parts = segments.map((segment) =>
    segmentSql(
      question,
      segment,
      (measure) =>
        segment.part.measures.includes(measure)
          ? (readings[segment.part.reading].measures[measure]?.raw ?? '')
          : nothing(measure, distinct.has(measure)),
      values.again(),
    ),
  )
  const merged = (measure: string) => `${distinct.has(measure) ? 'uniqExactMerge' : 'sum'}(m_${measure})`
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
      from: toParam(period.from),
      to: toParam(period.to),
      from_day: firstDayFrom(period.from),
      to_day: firstDayFrom(period.to),
      as_of: toParam(question.asOf),
      ...values.params,
      ...Object.fromEntries([...(only ?? [])].map(([at, wanted]) => [`only_${at}`, wanted])),
    },
  }
}
