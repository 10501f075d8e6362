import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { type MetricName, metrics } from '../../metrics/catalog.ts'
import { type DimensionName, dimensionNames, dimensions } from '../../metrics/dimensions.ts'
import { type Reading, readings } from '../../metrics/sources.ts'
import type { Span } from '../../metrics/span.ts'
import { type Filter, FilterValues, filterSql } from '../filter.ts'
import { type Period, toParam } from '../period.ts'
import { measuresOf } from '../query/plan.ts'
import type { Store } from '../store.ts'

/** What a measure was in one window for one combination of values. */
export interface Cell {
  /** Its place among the windows asked. */
  window: number
  /** In the order of the dimensions asked. */
  values: string[]
  measures: Record<string, number>
}

interface Question {
  metrics: readonly MetricName[]
  /** Some of `cellDimensions`. */
  dimensions: readonly DimensionName[]
  filters: readonly Filter[]
  /** Short ones: they are read from raw facts. They may overlap. */
  windows: readonly Period[]
}

const readingOf = (measure: MetricName) => metrics[measure].reading ?? (metrics[measure].from as Reading)

/** The dimensions that cells of metrics can have: those that the facts of all of them know row by row. */
export const cellDimensions = (asked: readonly MetricName[]): DimensionName[] =>
  dimensionNames.filter((name) =>
    asked.flatMap(measuresOf).every((measure) => dimensions[name].sql[readingOf(measure)] !== undefined),
  )

/** More combinations than this are not told: the smallest are left out. */
const most = 100_000

const spansOf = (windows: readonly Period[], params: Record<string, unknown>): Span[] =>
  windows.map(({ from, to }, at) => {
    params[`window_${at}_from`] = toParam(from)
    params[`window_${at}_to`] = toParam(to)
    return { from: `{window_${at}_from:DateTime64(3, 'UTC')}`, to: `{window_${at}_to:DateTime64(3, 'UTC')}` }
  })

async function cellsOf(
  warehouse: Warehouse,
  store: Store,
  { reading, measures, ...question }: Question & { reading: Reading; measures: MetricName[] },
  asked: Asked,
): Promise<Cell[]> {
  const { facts, time, measures: known } = readings[reading]
  const params: Record<string, unknown> = { store_id: store.store_id, time_zone: store.time_zone }
  const spans = spansOf(question.windows, params)
  const sqlOf = (name: DimensionName) => dimensions[name].sql[reading] ?? ''
  const joined = question.dimensions.some((name) => dimensions[name].joined?.includes(reading))
  const days = question.windows.reduce((sum, { from, to }) => sum + to.diff(from, 'days').days, 0)
  const counted = measures.map((name, at) => {
    const measure = known[name]
    return `${measure && measure.merge !== 'sum' ? `finalizeAggregation(${measure.raw})` : measure?.raw} AS m${at}`
  })
  const within = spans.map(({ from, to }, at) => `if(${time} >= ${from} AND ${time} < ${to}, [${at}], [])`)
  const values = new FilterValues()
  const where = filterSql(question.filters, sqlOf, values)
  const rows = await ask(
    warehouse,
    {
      name: 'cells',
      row: z.object({ w: z.number(), slices: z.array(z.string()), counts: z.array(z.coerce.number()) }),
      sql: `
        SELECT w, [${question.dimensions.map((name) => `toString(${sqlOf(name)})`).join(', ')}]::Array(String) AS slices,
          [${measures.map((_, at) => `toFloat64(m${at})`).join(', ')}] AS counts
        FROM (
          SELECT w, ${[...question.dimensions.map((name) => `${sqlOf(name)}`), ...counted].join(', ')}
          FROM (SELECT *, arrayJoin(arrayConcat(${within.join(', ')})) AS w FROM ${facts(spans, joined, days)})
          WHERE ${where}
          GROUP BY ${['w', ...question.dimensions.map(sqlOf)].join(', ')}
        )
        ORDER BY m0 DESC LIMIT ${most}`,
      params: { ...params, ...values.params },
    },
    asked,
  )
  return rows.map(({ w, slices, counts }) => ({
    window: w,
    values: slices,
    measures: Object.fromEntries(measures.map((name, at) => [name, counts[at] ?? 0])),
  }))
}

/**
 * The measures that metrics are made of, in several short windows, by every combination of values: what causes are looked
 * for in, with one question a source. Distinct counts are those of each cell; somebody who is in two counts in both.
 */
export async function readCells(
  warehouse: Warehouse,
  store: Store,
  question: Question,
  asked: Asked = {},
): Promise<Cell[]> {
  const measures = [...new Set(question.metrics.flatMap(measuresOf))]
  const bySource = Map.groupBy(measures, readingOf)
  const all = await Promise.all(
    [...bySource].map(([reading, own]) => cellsOf(warehouse, store, { ...question, reading, measures: own }, asked)),
  )
  return all.flat()
}
