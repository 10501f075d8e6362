import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'

/** A product or a channel by its paid GMV, beside that of the compared day until the same moment. */
export interface Ranked {
  value: string
  paid_gmv: number
  before: number
  /** The answer's second metric. */
  second: number
}

export interface Ranking {
  top: Ranked[]
  /** Those that gained and lost most money against the compared day. */
  rising: Ranked[]
  falling: Ranked[]
  /** How many were looked at, where there are more: of what fell some may be missing. */
  of?: number
}

const change = ({ paid_gmv, before }: Ranked) => paid_gmv - before

/** Who sells most, and who gained and lost most, of an answer whose metrics are paid GMV and one more. */
export function rankingOf({ results, meta }: QueryAnswer, most: number): Ranking {
  const rows = results.map(({ dimensions: [value = ''], metrics, comparison }) => ({
    value,
    paid_gmv: metrics[0] ?? 0,
    before: comparison?.[0] ?? 0,
    second: metrics[1] ?? 0,
  }))
  const byChange = rows.toSorted((a, b) => change(b) - change(a))
  return {
    top: rows.filter(({ paid_gmv }) => paid_gmv > 0).slice(0, most),
    rising: byChange.filter((row) => change(row) > 0).slice(0, most),
    falling: byChange
      .filter((row) => change(row) < 0)
      .toReversed()
      .slice(0, most),
    ...(meta.truncated && { of: results.length }),
  }
}
