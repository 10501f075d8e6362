import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { refusePattern } from '../query-error.ts'
import type { Question } from './parse.ts'
import { querySql } from './sql.ts'

/** A row as the warehouse answers it: bucket keys and slice values, then numbers. */
export interface Row {
  slices: string[]
  metrics: (number | null)[]
}

const answered = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const number = z.coerce.number()

/**
 * Asks the warehouse for the rows of a period.
 * @throws QueryError when a pattern of a filter is no regular expression
 */
export async function readRows(
  warehouse: Warehouse,
  question: Question,
  selection: Parameters<typeof querySql>[1],
  asked: Asked,
): Promise<Row[]> {
  const { sql, params } = querySql(question, selection)
  const rows = await ask(warehouse, { name: 'query', sql, row: answered, params }, asked).catch(refusePattern)
  return rows.map((row) => ({
    slices: question.slices.map((_, at) => String(row[`d${at}`])),
    metrics: question.metrics.map((_, at) => (row[`q${at}`] === null ? null : number.parse(row[`q${at}`]))),
  }))
}
