import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'

/** A day by the minute or by five, beside another day. */
export interface DaySeries {
  /** When each bucket begins by the store's clocks, `09:05`. */
  times: string[]
  /** null from now on. */
  values: (number | null)[]
  before: (number | null)[]
  /** The bucket under way, -1 when the day is over. */
  filling: number
}

/** The first metric of an answer by time as two days side by side. */
export function daySeriesOf({ results }: QueryAnswer, now: Date): DaySeries {
  const starts = results.map(({ dimensions: [label = ''] }) => label)
  const ahead = starts.findIndex((start) => Date.parse(start) > now.getTime())
  const begun = ahead < 0 ? starts.length : ahead
  return {
    times: starts.map((start) => start.slice(11, 16)),
    values: results.map(({ metrics: [value = null] }, at) => (at < begun ? value : null)),
    before: results.map(({ comparison: [value = null] = [] }) => value),
    filling: ahead < 0 ? -1 : begun - 1,
  }
}

const digits = 10_000

/** Each number with all before it; money keeps its four decimals. What is not known yet stays so. */
export function addedUp(values: readonly (number | null)[]): (number | null)[] {
  let sum = 0
  return values.map((value) => {
    if (value === null) return null
    sum = Math.round((sum + value) * digits) / digits
    return sum
  })
}
