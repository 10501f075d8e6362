import type { Row } from './read-row.ts'

/** A method of comparison: numbers in, a score out, in multiples of the usual deviation. */
export type Baseline = (row: Row) => number

const settled = 30

/** Deviation from the value at the same time a day before, in units of its mean over the last 2,000 points. */
const seasonalNaive = (): Baseline => {
  const dayAgo = new Map<number, number>()
  let usual = 0
  let count = 0
  return ({ at, value }) => {
    if (value === null) return 0
    const before = dayAgo.get(at - 86_400)
    dayAgo.set(at, value)
    dayAgo.delete(at - 86_400)
    if (before === undefined) return 0
    count++
    const off = Math.abs(value - before)
    const score = count > settled ? off / (usual + 1e-9) : 0
    usual += Math.max(1 / 2000, 1 / count) * (off - usual)
    return score
  }
}

/** Distance from the mean of everything so far, in standard deviations (Welford 1962). */
const zScore = (): Baseline => {
  let count = 0
  let mean = 0
  let squares = 0
  return ({ value }) => {
    if (value === null) return 0
    const sigma = Math.sqrt(squares / Math.max(1, count))
    const score = count > settled ? Math.abs(value - mean) / (sigma + 1e-9) : 0
    count++
    const off = value - mean
    mean += off / count
    squares += off * (value - mean)
    return score
  }
}

/** Distance from an exponentially weighted mean (0.1), in units of the weighted mean deviation (0.01). */
const ewma = (): Baseline => {
  let mean = Number.NaN
  let usual = 0
  let count = 0
  return ({ value }) => {
    if (value === null) return 0
    if (Number.isNaN(mean)) mean = value
    count++
    const off = Math.abs(value - mean)
    const score = count > settled ? off / (usual + 1e-9) : 0
    mean += 0.1 * (value - mean)
    usual += Math.max(0.01, 1 / count) * (off - usual)
    return score
  }
}

export const baselines = { 'seasonal naive': seasonalNaive, 'z-score': zScore, EWMA: ewma } satisfies Record<
  string,
  () => Baseline
>
