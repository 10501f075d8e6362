import { constants } from './constants.ts'
import { slotOf } from './season.ts'

const SLOTS = 288
/** Cells of a noise: recent, recent around the slow level, history, marginal, then the profile of the day and its counts. */
export const NOISE_CELLS = 4 + 2 * SLOTS
const [RECENT, SLOW, HISTORY, MARGINAL] = [0, 1, 2, 3]
/** Mean absolute deviation of a normal distribution, in standard deviations, is √(2/π). */
const TO_SIGMA = Math.sqrt(Math.PI / 2)
const HISTORY_CLIP = 30
const PROFILE_WEIGHT = 0.05

/**
 * How large a deviation is usual: mean absolute residuals, clipped, over the last points, over the whole history and at
 * this time of day. In units of the series, comparable to a standard deviation.
 */
export class Noise {
  readonly #cells: Float64Array
  readonly #profile: Float64Array
  readonly #profileCount: Float64Array

  constructor(cells: Float64Array) {
    this.#cells = cells
    this.#profile = cells.subarray(4, 4 + SLOTS)
    this.#profileCount = cells.subarray(4 + SLOTS)
  }

  /** Around the fast level, at this time of day. */
  fast(at: number): number {
    const slot = slotOf(at)
    const recent = this.#cells[RECENT] as number
    const seen = this.#profileCount[slot] as number
    const usual = ((this.#profile[slot] as number) * seen + recent) / (seen + 1)
    return TO_SIGMA * Math.max(Math.sqrt((recent * recent + usual * usual) / 2), this.#least())
  }

  /** Around the slow level. */
  slow(): number {
    return TO_SIGMA * Math.max(this.#cells[SLOW] as number, this.#least())
  }

  /** Around the base level, whatever the time. */
  marginal(): number {
    return TO_SIGMA * (this.#cells[MARGINAL] as number)
  }

  /** Residuals around the fast, slow and base level; `sigma` and `slowSigma` as they were judged by. */
  learn(
    at: number,
    residual: { fast: number; slow: number; base: number },
    sigma: number,
    slowSigma: number,
    count: number,
    pointsPerDay: number,
  ) {
    const cells = this.#cells
    const settled = count >= constants.warmup
    const towards = (cell: number, value: number, most: number, weight: number) => {
      const believed = settled ? Math.min(value, most) : value
      cells[cell] = (cells[cell] as number) + Math.max(weight, 1 / count) * (believed - (cells[cell] as number))
    }
    const fast = Math.abs(residual.fast)
    towards(RECENT, fast, constants.clip * sigma, constants.noise_weight)
    towards(SLOW, Math.abs(residual.slow), constants.clip * slowSigma, constants.noise_weight)
    towards(HISTORY, fast, HISTORY_CLIP * sigma, constants.history_weight)
    towards(
      MARGINAL,
      Math.abs(residual.base),
      6 * (cells[MARGINAL] as number) || Number.POSITIVE_INFINITY,
      1 / Math.max(30, 7 * pointsPerDay),
    )
    const slot = slotOf(at)
    const seen = (this.#profileCount[slot] as number) + 1
    this.#profileCount[slot] = seen
    const believed = settled ? Math.min(fast, constants.clip * sigma) : fast
    const before = this.#profile[slot] as number
    this.#profile[slot] = before + Math.max(PROFILE_WEIGHT, 1 / seen) * (believed - before)
  }

  #least(): number {
    return constants.noise_floor * (this.#cells[HISTORY] as number)
  }
}
