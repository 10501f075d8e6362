import { type DimensionName, dimensions } from '../../metrics/dimensions.ts'
import { clickEvent, trafficFacts } from '../../metrics/measures.ts'
import { dimensionsOf, FilterValues, filterSql } from '../filter.ts'
import { chainSql } from './chain-sql.ts'
import type { ParsedFunnel } from './contract.ts'
import { eventFieldSql } from './event-field-sql.ts'
import { needsSession } from './needs-session.ts'
import { togetherSql } from './together-sql.ts'

const ofEvent = (name: DimensionName) => dimensions[name].sql.traffic ?? ''

/** Whether one event might be two steps; then each event may be used once only. */
const mayOverlap = ({ steps }: ParsedFunnel) => new Set(steps.map(({ name }) => name)).size < steps.length

/** SQL of a funnel. Times are milliseconds as integers, for seconds would put a purchase before the view it came from. */
export function funnelSql(funnel: ParsedFunnel) {
  const values = new FilterValues()
  const steps = funnel.steps.map(({ name, where }, at) => {
    const conditions = [`name = ${values.add(name)}`]
    if (where.length > 0) conditions.push(filterSql(where, eventFieldSql(values), values))
    if (at === 0 && funnel.filters.length > 0) conditions.push(filterSql(funnel.filters, ofEvent, values))
    return `(${conditions.join(' AND ')})`
  })
  const names = [...new Set(funnel.steps.map(({ name }) => name))]
  const wanted = values.add(names)
  const fields = [
    ...dimensionsOf(funnel.filters),
    ...(funnel.breakdown ? [funnel.breakdown] : []),
    ...funnel.steps.flatMap(({ where }) => dimensionsOf(where)),
  ]
  const positions = steps.map((_, at) => at + 1)
  const entry = funnel.breakdown
    ? `toString(argMinIf(${ofEvent(funnel.breakdown as DimensionName)}, (at, message_id), step_1))`
    : `''`
  const all = positions.map((i) => `step_${i}`)
  const { ofVisitor, reached, strides } =
    funnel.order === 'unordered'
      ? togetherSql(funnel.steps)
      : chainSql({ all, mayOverlap: mayOverlap(funnel), from: funnel.order === 'ordered' ? 'every' : 'first' })
  return {
    params: values.params,
    sql: `
    WITH
      facts AS (
        SELECT *, toUInt64(toUnixTimestamp64Milli(occurred_at)) AS at,
          ${steps.map((step, i) => `${step} AS step_${i + 1}`).join(',\n          ')}
        FROM ${trafficFacts({ session: fields.some(needsSession), withClicks: names.includes(clickEvent) })}
        WHERE NOT is_bot AND visitor_id != '' AND name IN ${wanted}
      ),
      visitors AS (
        SELECT visitor_id, ${entry} AS entry, ${ofVisitor}
        FROM facts
        GROUP BY visitor_id
        HAVING countIf(step_1) > 0
      )
    SELECT entry, step.1 AS position, step.2 AS visitors, step.3 AS median_ms
    FROM (
      SELECT entry, max(visitors) AS size, arraySort(groupArray((position, visitors, median_ms))) AS steps
      FROM (
        SELECT entry, position, countIf(reached >= position) AS visitors,
          if(position = 1, NULL, quantileExactInclusiveOrNullIf(0.5)(strides[position], reached >= position AND strides[position] >= 0)) AS median_ms
        FROM (SELECT entry, ${strides} AS strides, ${reached} AS reached FROM visitors)
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
