import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { metrics } from '../../metrics/catalog.ts'
import { bucketsOf } from '../buckets.ts'
import { alignBuckets, isByClock } from '../comparison.ts'
import { type Period, toIso } from '../period.ts'
import { tooManyRows } from '../query-error.ts'
import type { Store } from '../store.ts'
import type { QueryAnswer } from './answer.ts'
import { emptyMetrics, fillBuckets, keyOf, sortRows } from './fill.ts'
import { isTime, parseRequest, type Question } from './parse.ts'
import { partsOf } from './plan.ts'
import type { ParsedRequest, QueryRequest } from './request.ts'
import { queryRequest } from './request.ts'
import { type Row, readRows } from './rows.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { maturedBefore, warningsOf } from './warnings.ts'

const mostRows = 100_000

const range = ({ from, to }: Period) => ({ from: toIso(from), to: toIso(to) })

/** The metrics of the compared period that stand beside a row. */
function besides(question: Question, compared: Row[], period: Period): (row: Row) => (number | null)[] {
  const time = question.slices.findIndex(isTime)
  const known = new Map(compared.map((row) => [keyOf(row.slices), row.metrics]))
  const { grain, buckets, compare } = question
  if (!grain || !compare) return ({ slices }) => known.get(keyOf(slices)) ?? emptyMetrics(question)
  const byClock = isByClock(question.period, period, compare)
  const beside = alignBuckets(buckets, bucketsOf(period, grain, mostRows), { grain, byClock })
  return ({ slices }) => {
    const bucket = beside.get(slices[time] ?? '')
    if (!bucket) return question.metrics.map(() => null)
    return known.get(keyOf(slices.with(time, bucket.key))) ?? emptyMetrics(question)
  }
}

interface Read {
  rows: Row[]
  /** Rows before the limit. */
  all: number
  segments: Segment[]
}

async function rowsOf(warehouse: Warehouse, question: Question, asked: Asked): Promise<Read> {
  const { period } = question
  const segments = await segmentsOf(warehouse, question, partsOf(question), period, asked)
  // Rows of a time series are filled and sorted afterwards, so they are needed whole.
  const limit = question.grain ? mostRows + 1 : question.limit + 1
  const read = await readRows(warehouse, question, { period, segments, limit }, asked)
  if (read.length > mostRows) throw tooManyRows(mostRows)
  const rows = question.grain ? sortRows(question, fillBuckets(question, read, mostRows)) : read
  return { rows: rows.slice(0, question.limit), all: rows.length, segments }
}

interface Compared {
  /** The rows, with those of slices that occur in the compared period alone. */
  rows: Row[]
  beside?: (row: Row) => (number | null)[]
}

/** What is gone is often what matters most: a channel that sold and sells no more. */
function withGone(question: Question, rows: Row[], compared: Row[]): Row[] {
  const here = new Set(rows.map(({ slices }) => keyOf(slices)))
  const gone = compared.filter(({ slices }) => !here.has(keyOf(slices)))
  if (gone.length === 0) return rows
  return sortRows(question, [...rows, ...gone.map(({ slices }) => ({ slices, metrics: emptyMetrics(question) }))])
}

async function compareRows(
  warehouse: Warehouse,
  question: Question,
  { rows, all }: Read,
  asked: Asked,
): Promise<Compared> {
  const { compared } = question
  if (!compared) return { rows }
  const segments = await segmentsOf(warehouse, question, partsOf(question), compared, asked)
  const selection = { period: compared, segments, limit: mostRows + 1 }
  // Where the limit has cut already, what is gone would be cut too.
  if (!question.grain && all <= rows.length) {
    const every = await readRows(warehouse, question, selection, asked)
    if (every.length <= mostRows) {
      return { rows: withGone(question, rows, every), beside: besides(question, every, compared) }
    }
  }
  const only = new Map(
    question.slices.flatMap((slice, at) =>
      isTime(slice) ? [] : [[at, [...new Set(rows.map(({ slices }) => slices[at] ?? ''))]] as [number, string[]]],
    ),
  )
  const read = await readRows(warehouse, question, { ...selection, only }, asked)
  if (read.length > mostRows) throw tooManyRows(mostRows)
  return { rows, beside: besides(question, read, compared) }
}

function readFrom(segments: Segment[]): QueryAnswer['meta']['read'] {
  const raw = segments.filter(({ from }) => from === 'raw').length
  return raw === segments.length ? 'raw' : raw === 0 ? 'rollups' : 'both'
}

/**
 * Answers a question of metrics: totals, time series or a breakdown, with a comparison when asked.
 * @throws QueryError when it cannot be asked so: a 400
 * @throws ZodError when the request is not of the shape of queryRequest
 */
export async function runQuery(
  warehouse: Warehouse,
  store: Store,
  request: QueryRequest,
  asked: Asked & { useRollups?: boolean } = {},
): Promise<QueryAnswer> {
  const parsed: ParsedRequest = queryRequest.parse(request)
  const question = parseRequest(store, parsed, asked.useRollups)
  const read = await rowsOf(warehouse, question, asked)
  const { rows: known, beside } = await compareRows(warehouse, question, read, asked)
  const rows = known.slice(0, question.limit)
  const labels = new Map(question.buckets.map(({ key, label }) => [key, label]))
  const matured = maturedBefore(question)
  return {
    results: rows.map((row) => ({
      dimensions: row.slices.map((value, at) =>
        isTime(question.slices[at] as never) ? (labels.get(value) ?? value) : value,
      ),
      metrics: row.metrics,
      ...(beside && { comparison: beside(row) }),
    })),
    meta: {
      time_zone: store.time_zone,
      currency: store.currency,
      ...range(question.period),
      ...(question.compared && { comparison: range(question.compared) }),
      units: question.metrics.map((name) => metrics[name].unit),
      truncated: Math.max(read.all, known.length) > rows.length,
      read: readFrom(read.segments),
      ...(matured && { matured_before: toIso(matured.setZone(store.time_zone)) }),
      warnings: warningsOf(question, rows),
    },
    query: { ...parsed, dimensions: question.slices },
  }
}
