import type { FunnelAnswer } from './funnel-figures.ts'

type Row = FunnelAnswer['results'][number]

/** Where a value of the breakdown loses more than the rest does. */
export interface WorstDrop {
  value: string
  /** The step that was not reached, 2 or later. */
  position: number
  /** The part of the step before that reached it, and the same of everybody else. */
  step_conversion: number
  rest_conversion: number
  /** Visitors lost beyond those that would be if the value went as the rest goes. */
  visitors: number
}

/** The rows of each value of the breakdown, largest first as they came. */
export const byValue = ({ results }: FunnelAnswer): Map<string, Row[]> =>
  Map.groupBy(results, ({ breakdown = '' }) => breakdown)

/**
 * The value and the step with the most visitors lost against the rest: as many as the value had before the step, times
 * how much less often they go on. Undefined when no value goes worse than the rest by at least one visitor.
 */
export function worstDrop(whole: FunnelAnswer, broken: FunnelAnswer): WorstDrop | undefined {
  const drops = [...byValue(broken)].flatMap(([value, rows]) =>
    rows
      .slice(1)
      .flatMap((row, at) => dropOf(value, at + 2, [rows[at], row], [whole.results[at], whole.results[at + 1]])),
  )
  return drops.filter(({ visitors }) => visitors >= 1).toSorted((a, b) => b.visitors - a.visitors)[0]
}

type Pair = [Row | undefined, Row | undefined]

function dropOf(value: string, position: number, [from, to]: Pair, [allFrom, allTo]: Pair): WorstDrop[] {
  const [before, after] = [from?.visitors ?? 0, to?.visitors ?? 0]
  const [restBefore, restAfter] = [(allFrom?.visitors ?? 0) - before, (allTo?.visitors ?? 0) - after]
  if (before === 0 || restBefore <= 0 || restAfter < 0) return []
  const [step_conversion, rest_conversion] = [after / before, restAfter / restBefore]
  return [{ value, position, step_conversion, rest_conversion, visitors: before * (rest_conversion - step_conversion) }]
}
