import { emptyValue } from '../../metrics/catalog.ts'
import { tooManyRows } from '../query-error.ts'
import { isTime, type Question } from './parse.ts'
import type { Row } from './rows.ts'

/** What the metrics are where no fact is. */
export const emptyMetrics = (question: Question): (number | null)[] => question.metrics.map(emptyValue)

export const keyOf = (slices: readonly string[]): string => JSON.stringify(slices)

/** The rows with those of every empty bucket added, for each combination of the other slices that occurs. */
export function fillBuckets(question: Question, rows: Row[], most: number): Row[] {
  const time = question.slices.findIndex(isTime)
  if (time < 0) return rows
  const known = new Map(rows.map((row) => [keyOf(row.slices), row]))
  const others = new Map(rows.map(({ slices }) => [keyOf(slices.toSpliced(time, 1)), slices]))
  if (question.slices.length === 1) others.set(keyOf([]), [''])
  if (others.size * question.buckets.length > most) throw tooManyRows(most)
  return question.buckets.flatMap(({ key }) =>
    [...others.values()].map((slices) => {
      const at = slices.with(time, key)
      return known.get(keyOf(at)) ?? { slices: at, metrics: emptyMetrics(question) }
    }),
  )
}

/** Sorts filled rows as the question orders them; ties by their slices, what is not known last. */
export function sortRows(question: Question, rows: Row[]): Row[] {
  const keys = question.order.map(({ by, descending }) => ({
    metric: (question.metrics as string[]).indexOf(by),
    slice: (question.slices as string[]).indexOf(by),
    sign: descending ? -1 : 1,
  }))
  const text = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0)
  return rows.toSorted((a, b) => {
    for (const { metric, slice, sign } of keys) {
      if (slice >= 0) {
        const differs = text(a.slices[slice], b.slices[slice])
        if (differs) return differs * sign
        continue
      }
      const [left, right] = [a.metrics[metric] ?? null, b.metrics[metric] ?? null]
      if (left === right) continue
      if (left === null) return 1
      if (right === null) return -1
      return (left - right) * sign
    }
    return text(keyOf(a.slices), keyOf(b.slices))
  })
}
