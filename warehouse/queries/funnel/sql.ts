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
  const mode = mayOverlap(funnel) ? `, 'strict_once'` : ''
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
          windowFunnel({window_ms:UInt64}${mode})(at, ${positions.map((i) => `step_${i}`).join(', ')}) AS reached,
          -- Times between steps are asked only of those who may have made a second one.
          groupArrayIf((at, arrayFilter(i -> [${positions.map((i) => `step_${i}`).join(', ')}][i], [${positions.toReversed().join(', ')}]), message_id),
            (${positions.map((i) => `step_${i}`).join(' OR ')}) AND visitor_id IN (SELECT visitor_id FROM facts WHERE step_2)) AS seen
        FROM facts
        GROUP BY visitor_id
        HAVING reached > 0
      ),
      walks AS (
        SELECT entry, reached,
          arrayFlatten(arrayMap(e -> arrayMap(i -> (e.1, i), e.2), arraySort(e -> (e.1, e.2[-1], e.3), if(reached > 1, seen, [])))) AS marks,
          -- For each step the newest chain that leads to it, and of the first such chain how long its last stride took.
          arrayFold((acc, mark) -> (
            arrayMap((chain, i) -> if(i = mark.2, if(i = 1, [mark.1], if(notEmpty(acc.1[i - 1]) AND mark.1 <= acc.1[i - 1][1] + {window_ms:UInt64}, arrayPushBack(acc.1[i - 1], mark.1), chain)), chain), acc.1, [${positions.join(', ')}]),
            arrayMap((stride, i) -> if(i = mark.2 AND i > 1 AND stride < 0 AND notEmpty(acc.1[i - 1]) AND mark.1 <= acc.1[i - 1][1] + {window_ms:UInt64}, toInt64(mark.1 - acc.1[i - 1][-1]), stride), acc.2, [${positions.join(', ')}])
          ), marks, (arrayWithConstant(${steps.length}, emptyArrayUInt64()), arrayWithConstant(${steps.length}, toInt64(-1)))).2 AS strides
        FROM visitors
      )
    SELECT entry, position, countIf(reached >= position) AS visitors,
      if(position = 1, NULL, quantileExactInclusiveOrNullIf(0.5)(strides[position], reached >= position AND strides[position] >= 0)) AS median_ms
    FROM walks ARRAY JOIN [${positions.join(', ')}] AS position
    GROUP BY entry, position
    ORDER BY entry, position`,
  }
}
