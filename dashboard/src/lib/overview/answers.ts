import type { GmvFactorsAnswer } from '@guanlan/warehouse/queries/gmv-factors/contract'
import type { PaceAnswer } from '@guanlan/warehouse/queries/pace/contract'
import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'

export type { GmvFactorsAnswer, PaceAnswer, QueryAnswer }

/** A number of the period and of the compared one. */
interface Compared {
  value: number | null
  before: number | null | undefined
}

/** The numbers of one row by metric. */
export type ByMetric = (metric: string) => Compared

/** Looks numbers up by the name of their metric; what was not asked is null. */
export function rowOf({ query }: QueryAnswer, row: QueryAnswer['results'][number] | undefined): ByMetric {
  return (metric) => {
    const at = query.metrics.indexOf(metric)
    return { value: row?.metrics[at] ?? null, before: row?.comparison ? (row.comparison[at] ?? null) : undefined }
  }
}
