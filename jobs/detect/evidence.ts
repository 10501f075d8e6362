import { constants } from './constants.ts'
import { TAIL_CELLS, Tail } from './tail.ts'

const TAILS = 6
const RECENT = 8
/** Cells of the evidence: last deviations, what the three transient views said lately, then the tails. */
export const EVIDENCE_CELLS = RECENT + 4 + TAILS * TAIL_CELLS
const SHORT_RUN = 3
const LONG_RUN = 6
/** The fast view may exceed the slow one by this factor: what only looks odd beside the last points is a return to normal. */
const AGREEMENT_SLACK = 1.5

/** Deviations of one point, in standard deviations: from the fast level, from the slow one (signed), from the base level; repeats of one value; drift of the slow level. */
export type Deviations = { fast: number; slow: number; base: number; repeats: number; drift: number; sum: number }
export type Pace = { memory: number; deep: number; shallow: number }
export type Verdict = { evidence: number; by: 'point' | 'run' | 'long_run' | 'marginal' | 'sum' | 'repeats' | 'drift' }

/**
 * How rare a point is, seen in several ways, each judged by its own tail in this series: its distance from the last points,
 * a run of three and of six points on one side of the slow level (the least of them counts, so that one outlier is no run),
 * its place in the distribution of all values, a value that repeats, and a drift of the level. Views are joined by a power
 * mean of their −log10 probabilities, so views that agree reach an alarm earlier than one that stands alone.
 */
export class Evidence {
  readonly #recent: Float64Array
  readonly #said: Float64Array
  readonly #point: Tail
  readonly #run: Tail
  readonly #longRun: Tail
  readonly #marginal: Tail
  readonly #repeats: Tail
  readonly #sum: Tail

  constructor(cells: Float64Array) {
    this.#recent = cells.subarray(0, RECENT)
    this.#said = cells.subarray(RECENT, RECENT + 4)
    const tail = (index: number, deep: number, least: number, declustered = true) => {
      const from = RECENT + 4 + index * TAIL_CELLS
      return new Tail(cells.subarray(from, from + TAIL_CELLS), { deep, least, declustered })
    }
    this.#point = tail(0, 3.1, 0.3)
    this.#run = tail(1, 1.9, 1)
    this.#longRun = tail(2, 1.6, 1)
    this.#marginal = tail(3, 3.1, 0.3)
    this.#repeats = tail(4, 12, 1, false)
    this.#sum = tail(5, 3.1, 1, false)
  }

  /** The distance from the expectation, in standard deviations, at which the point view alone would raise an alarm. */
  distanceAt(score: number): number {
    return this.#point.valueAt(score)
  }

  /** Judges a point, then learns it. `ready`: whether a whole day has been seen. */
  weigh(deviations: Deviations, count: number, ready: boolean, pace: Pace): Verdict {
    const { fast, slow, base, repeats, drift, sum } = deviations
    this.#recent[count % RECENT] = slow
    const point = Math.min(Math.abs(fast), Math.max(0, AGREEMENT_SLACK * slow * Math.sign(fast)))
    const run = this.#leastOfLast(SHORT_RUN, count)
    const longRun = this.#leastOfLast(LONG_RUN, count)

    const views = {
      point: this.#point.score(point),
      run: this.#run.score(run),
      long_run: this.#longRun.score(longRun),
      marginal: ready ? constants.marginal_weight * this.#marginal.score(base) : 0,
      repeats: this.#repeats.score(repeats),
      drift: (Math.abs(drift) / constants.drift_told_at) * constants.alarm_at,
      sum: constants.sum_view_weight * this.#sum.score(sum),
    }
    const now = Math.max(views.point, views.run, views.long_run, views.marginal)
    const said = this.#said
    said[0] = Math.max(views.point, (said[0] as number) * constants.testimony_fade)
    said[1] = Math.max(views.run, (said[1] as number) * constants.testimony_fade)
    said[2] = Math.max(views.long_run, (said[2] as number) * constants.testimony_fade)
    const p = constants.agreement
    const joined =
      ((said[0] as number) ** p + (said[1] as number) ** p + (said[2] as number) ** p + views.marginal ** p) ** (1 / p)
    const strongest = Math.max(said[0] as number, said[1] as number, said[2] as number, views.marginal)
    const transient = strongest > 0 ? (joined * now) / strongest : 0

    const learn = (tail: Tail, value: number) => tail.learn(value, pace.memory, pace.deep, pace.shallow)
    if (count > 5) {
      learn(this.#point, point)
      learn(this.#run, run)
      learn(this.#longRun, longRun)
      learn(this.#marginal, base)
      learn(this.#repeats, repeats)
      learn(this.#sum, sum)
    }
    const evidence = Math.max(transient, views.sum, views.repeats, views.drift)
    const alone = (['sum', 'repeats', 'drift'] as const).find(
      (view) => views[view] === evidence && views[view] > transient,
    )
    const most = Math.min(constants.score_most, evidence)
    if (alone) return { evidence: most, by: alone }
    const by = (['point', 'run', 'long_run', 'marginal'] as const).find((view) => views[view] === now) ?? 'point'
    return { evidence: most, by }
  }

  /** How many of the last points, 8 at most, all lie on one side of the slow level by at least two standard deviations. */
  lasting(count: number): number {
    const side = Math.sign(this.#recent[count % RECENT] as number)
    let length = 0
    while (length < RECENT && side * (this.#recent[(count - length + RECENT) % RECENT] as number) >= 2) length++
    return length
  }

  #leastOfLast(length: number, count: number): number {
    const side = Math.sign(this.#recent[count % RECENT] as number)
    let least = Number.POSITIVE_INFINITY
    for (let back = 0; back < length; back++)
      least = Math.min(least, side * (this.#recent[(count - back + RECENT) % RECENT] as number))
    return Math.max(0, least)
  }
}
