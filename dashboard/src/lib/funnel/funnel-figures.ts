import type { FunnelAnswer } from '@guanlan/warehouse/queries/funnel/contract'

export type { FunnelAnswer }

type Row = FunnelAnswer['results'][number]

/** A step with who went no further, and the same step of the compared period. */
export interface StepFigures extends Row {
  /** Visitors who reached this step and not the next; the last step loses nobody. */
  lost: number | null
  /** Of the visitors of this step. */
  lost_share: number | null
  before: Row | undefined
}

/** The steps of a funnel as chart and table show them. */
export function figuresOf(answer: FunnelAnswer, compared: FunnelAnswer | undefined): StepFigures[] {
  return answer.results.map((row, at) => {
    const next = answer.results[at + 1]
    const lost = next ? row.visitors - next.visitors : null
    return {
      ...row,
      lost,
      lost_share: lost === null || row.visitors === 0 ? null : lost / row.visitors,
      before: compared?.results[at],
    }
  })
}

/** The step after which most visitors are lost; undefined when nobody is. */
export const largestLoss = (figures: readonly StepFigures[]): StepFigures | undefined =>
  figures.filter(({ lost }) => lost).toSorted((a, b) => (b.lost ?? 0) - (a.lost ?? 0))[0]
