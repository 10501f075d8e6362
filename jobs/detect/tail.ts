import { constants } from './constants.ts'

const BINS = 88
const HEADER = 6
/** Cells of a tail: count, shape, scale, ticks, the last statistic, the last fitted count, then the histogram. */
export const TAIL_CELLS = HEADER + BINS
const [COUNT, SHAPE, SCALE, TICKS, LAST] = [0, 1, 2, 3, 4]

/** A run of statistics above this is one event; only its first point is counted. */
const SAME_EVENT = 3
const REFIT_EVERY = 32
const DECAY_EVERY = 64

/** Quarter octaves from 2⁻⁶ to 2¹⁶. */
const binOf = (value: number) => (value <= 2 ** -6 ? 0 : Math.min(BINS - 1, 1 + Math.floor(4 * (Math.log2(value) + 6))))
const edgeOf = (bin: number) => (bin <= 0 ? 0 : 2 ** ((bin - 1) / 4 - 6))

/** What the tail is believed to be before the series has shown it: the value exceeded by 0.2 % of points, and the least ever used. */
export type TailPrior = { deep: number; least: number; declustered?: boolean }

/**
 * The upper tail of one statistic of one series, learned online: how unlikely is a value this large *here*?
 *
 * A decayed log-binned histogram gives two upper quantiles; a Weibull tail, S(x) = exp(−(x/λ)^k), is put through them and
 * extrapolated (peaks over threshold with run declustering: Coles 2001, ch. 4–5; streaming use: Siffer et al., “Anomaly
 * Detection in Streams with Extreme Value Theory”, KDD 2017). The Weibull tail instead of a generalised Pareto one, because
 * two quantiles fix it without iteration and it covers the range from bursty (k < 1) to normal (k = 2).
 */
export class Tail {
  readonly #cells: Float64Array
  readonly #prior: TailPrior

  constructor(cells: Float64Array, prior: TailPrior) {
    this.#cells = cells
    this.#prior = prior
  }

  /** −log10 of the chance of a value at least this large. */
  score(value: number): number {
    const shape = this.#cells[SHAPE] as number
    if (!(value > 0) || shape === 0) return 0
    return Math.min(constants.score_most, (value / (this.#cells[SCALE] as number)) ** shape / Math.LN10)
  }

  /** The value whose score is `score`: where the band ends. */
  valueAt(score: number): number {
    const shape = this.#cells[SHAPE] as number
    return shape === 0 ? Number.POSITIVE_INFINITY : (this.#cells[SCALE] as number) * (score * Math.LN10) ** (1 / shape)
  }

  /** Takes a value into the histogram. `memory`: points it remembers; `deep`, `shallow`: shares of points beyond the fitted quantiles. */
  learn(value: number, memory: number, deep: number, shallow: number) {
    const cells = this.#cells
    const goesOn = this.#prior.declustered !== false && value > SAME_EVENT && (cells[LAST] as number) > SAME_EVENT
    cells[LAST] = value
    if (!goesOn) {
      const ticks = (cells[TICKS] as number) + 1
      cells[TICKS] = ticks
      if ((cells[COUNT] as number) > memory && ticks % DECAY_EVERY === 0) {
        const keep = (1 - 1 / memory) ** DECAY_EVERY
        for (let bin = HEADER; bin < TAIL_CELLS; bin++) cells[bin] = (cells[bin] as number) * keep
        cells[COUNT] = (cells[COUNT] as number) * keep
      }
      cells[HEADER + binOf(value)] = (cells[HEADER + binOf(value)] as number) + 1
      cells[COUNT] = (cells[COUNT] as number) + 1
    }
    const ticks = cells[TICKS] as number
    if (ticks < 200 || (!goesOn && ticks % REFIT_EVERY === 0)) this.#fit(deep, shallow)
  }

  /** The value that this share of the remembered points exceeds. */
  quantile(exceededBy: number): number {
    let left = exceededBy * (this.#cells[COUNT] as number)
    for (let bin = BINS - 1; bin >= 0; bin--) {
      const here = this.#cells[HEADER + bin] as number
      if (here > 0 && here >= left) return edgeOf(bin) + (edgeOf(bin + 1) - edgeOf(bin)) * (1 - left / here)
      left -= here
    }
    return 0
  }

  #fit(deep: number, shallow: number) {
    const cells = this.#cells
    const own = (cells[COUNT] as number) / ((cells[COUNT] as number) + constants.tail_prior)
    // Of a normal distribution, roughly: the quantile grows with the square root of −log of the share.
    const priorAt = (share: number) => this.#prior.deep * Math.sqrt(Math.log(share) / Math.log(0.002))
    const far = Math.max(this.quantile(deep), 1e-3)
    const near = Math.max(this.quantile(shallow), 1e-3)
    const spread = own * Math.max(Math.log(far / near), 0.01) + (1 - own) * Math.log(priorAt(deep) / priorAt(shallow))
    const shape = Math.log(Math.log(deep) / Math.log(shallow)) / spread
    cells[SHAPE] = Math.min(constants.shape_most, Math.max(constants.shape_least, shape))
    const anchor = Math.max(
      Math.exp(own * Math.log(far) + (1 - own) * Math.log(priorAt(deep))),
      this.#prior.least * priorAt(deep),
    )
    cells[SCALE] = anchor / (-Math.log(deep)) ** (1 / (cells[SHAPE] as number))
  }
}
