import { type DimensionName, dimensions } from '../../metrics/dimensions.ts'
import { trafficFacts } from '../../metrics/measures.ts'
import { dimensionsOf, FilterValues, filterSql } from '../filter.ts'
import type { ParsedFunnel } from './contract.ts'

const ofEvent = (name: DimensionName) => dimensions[name].sql.traffic ?? ''
const needsSession = (name: string) => dimensions[name as DimensionName]?.joined?.includes('traffic') ?? false

function fieldSql(values: FilterValues): (name: string) => string {
  return (name) =>
    name.startsWith('properties.')
      ? `toString(getSubcolumn(properties, ${values.add(name.slice('properties.'.length))}))`
      : ofEvent(name as DimensionName)
}

/** Whether one event might be two steps; then each event may be used once only. */
const mayOverlap = ({ steps }: ParsedFunnel) => new Set(steps.map(({ name }) => name)).size < steps.length

/**
 * SQL of a funnel. Of each visitor the best chain counts, over every possible start: later steps at or after the one
 * before and within the window of the start. Times are milliseconds as integers, for seconds would put a purchase before
 * the view it came from.
 */
export function funnelSql(funnel: ParsedFunnel) {
  const values = new FilterValues()
  const steps = funnel.steps.map(({ name, where }, at) => {
    const conditions = [`name = ${values.add(name)}`]
    if (where.length > 0) conditions.push(filterSql(where, fieldSql(values), values))
    if (at === 0 && funnel.filters.length > 0) conditions.push(filterSql(funnel.filters, ofEvent, values))
    return `(${conditions.join(' AND ')})`
  })
  const names = values.add([...new Set(funnel.steps.map(({ name }) => name))])
  const fields = [
    ...dimensionsOf(funnel.filters),
    ...(funnel.breakdown ? [funnel.breakdown] : []),
    ...funnel.steps.flatMap(({ where }) => dimensionsOf(where)),
  ]
  const positions = steps.map((_, at) => at + 1)
  const all = positions.map((i) => `step_${i}`)
  const entry = funnel.breakdown
    ? `toString(argMinIf(${ofEvent(funnel.breakdown as DimensionName)}, (at, message_id), step_1))`
    : `''`
  return {
    params: values.params,
    sql: `
    WITH
      facts AS (
        SELECT *, toUInt64(toUnixTimestamp64Milli(occurred_at)) AS at,
          ${steps.map((step, i) => `${step} AS step_${i + 1}`).join(',\n          ')}
        FROM ${trafficFacts({ session: fields.some(needsSession) })}
        WHERE NOT is_bot AND visitor_id != '' AND name IN ${names}
      ),
      visitors AS (
        SELECT visitor_id, ${entry} AS entry,
          windowFunnel({window_ms:UInt64}${mayOverlap(funnel) ? `, 'strict_once'` : ''})(at, ${all.join(', ')}) AS reached,
          -- Times between steps are asked only of those who may have made a second one.
          ${marksSql(funnel, all)} AS marks
        FROM facts
        GROUP BY visitor_id
        HAVING reached > 0
      )
    SELECT entry, step.1 AS position, step.2 AS visitors, step.3 AS median_ms
    FROM (
      SELECT entry, max(visitors) AS size, arraySort(groupArray((position, visitors, median_ms))) AS steps
      FROM (
        SELECT entry, position, countIf(reached >= position) AS visitors,
          if(position = 1, NULL, quantileExactInclusiveOrNullIf(0.5)(strides[position], reached >= position AND strides[position] >= 0)) AS median_ms
        FROM (SELECT entry, reached, ${stridesSql(steps.length)} AS strides FROM visitors)
        ARRAY JOIN [${positions.join(', ')}] AS position
        GROUP BY entry, position
      )
      GROUP BY entry
      -- The largest values of the breakdown: there may be as many as pages or products.
      ORDER BY size DESC, entry
      LIMIT {values:UInt32}
    )
    ARRAY JOIN steps AS step
    ORDER BY size DESC, entry, position`,
  }
}

/** Aggregate: (time, step) of each event that is a step, in order. Of one event's steps the later ones come first. */
function marksSql(funnel: ParsedFunnel, all: string[]): string {
  const seen = `(${all.join(' OR ')}) AND visitor_id IN (SELECT visitor_id FROM facts WHERE step_2)`
  if (!mayOverlap(funnel)) {
    const step = all.map((name, at) => `${name}, ${at + 1}`).join(', ')
    return `arraySort(groupArrayIf((at, toUInt8(multiIf(${step}, 0))), ${seen}))`
  }
  const downwards = all.map((_, at) => all.length - at).join(', ')
  const event = `(at, arrayFilter(i -> [${all.join(', ')}][i], CAST([${downwards}], 'Array(UInt8)')), sipHash64(message_id))`
  return `arrayFlatten(arrayMap(e -> arrayMap(i -> (e.1, i), e.2), arraySort(e -> (e.1, e.2[-1], e.3), groupArrayIf(${event}, ${seen}))))`
}

/**
 * How many milliseconds each step took, the first time that it was reached; −1: never. For each step the fold keeps when
 * the newest chain to it began and when it got there. Of first steps in a row only the last can begin anything newer.
 */
function stridesSql(steps: number): string {
  const positions = Array.from({ length: steps }, (_, at) => at + 1).join(', ')
  const needed = `arrayFilter((mark, next) -> mark.2 != 1 OR next.2 != 1, marks, arrayShiftLeft(marks, 1, (toUInt64(0), toUInt8(1))))`
  const follows = `mark.2 = i AND i > 1 AND acc.1[i - 1] > 0 AND mark.1 <= acc.1[i - 1] + {window_ms:UInt64}`
  const empty = (value: string) => `arrayWithConstant(${steps}, ${value})`
  return `arrayFold((acc, mark) -> (
      arrayMap((began, i) -> multiIf(mark.2 = i AND i = 1, mark.1, ${follows}, acc.1[i - 1], began), acc.1, [${positions}]),
      arrayMap((got, i) -> if((mark.2 = i AND i = 1) OR (${follows}), mark.1, got), acc.2, [${positions}]),
      arrayMap((stride, i) -> if(stride < 0 AND ${follows}, toInt64(mark.1 - acc.2[i - 1]), stride), acc.3, [${positions}])
    ), if(reached > 1, ${needed}, []), (${empty('toUInt64(0)')}, ${empty('toUInt64(0)')}, ${empty('toInt64(-1)')})).3`
}
