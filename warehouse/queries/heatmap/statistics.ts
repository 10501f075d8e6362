import { wilsonLower } from '../return-outliers/wilson-lower.ts'

/** The upper end of Wilson's interval of a rate. @param z how sure, in standard deviations */
export const wilsonUpper = (hits: number, of: number, z: number): number =>
  of === 0 ? 1 : 1 - wilsonLower(of - hits, of, z)

/** How likely it is to count so few or fewer where `expected` are to be expected, by Poisson. */
export function poissonAtMost(count: number, expected: number): number {
  if (expected <= 0) return 1
  // In logarithms: e^-expected alone is nothing from 746 on.
  let log = -expected
  let sum = Math.exp(log)
  for (let k = 1; k <= count; k++) {
    log += Math.log(expected / k)
    sum += Math.exp(log)
  }
  return Math.min(1, sum)
}

/** How likely it is to count so many or more where `expected` are to be expected. */
export const poissonAtLeast = (count: number, expected: number): number =>
  count <= 0 ? 1 : Math.max(0, 1 - poissonAtMost(count - 1, expected))

export interface Difference {
  difference: number
  /** The ends of its interval. */
  low: number
  high: number
}

/**
 * By how much the second of two rates is over the first, with Newcombe's interval: it is made of both Wilson intervals, and
 * holds for few hits too.
 * @returns null when either is a rate of nothing
 */
export function rateDifference(
  [hits, of]: readonly [number, number],
  [laterHits, laterOf]: readonly [number, number],
  z: number,
): Difference | null {
  if (of === 0 || laterOf === 0) return null
  const [before, after] = [hits / of, laterHits / laterOf]
  const spread = (one: number, other: number) => Math.sqrt(one ** 2 + other ** 2)
  return {
    difference: after - before,
    low: after - before - spread(after - wilsonLower(laterHits, laterOf, z), wilsonUpper(hits, of, z) - before),
    high: after - before + spread(wilsonUpper(laterHits, laterOf, z) - after, before - wilsonLower(hits, of, z)),
  }
}

/** Sums of money over so many chances to earn it, orders coming by Poisson: their variance is the sum of the squares. */
interface Earned {
  sum: number
  squares: number
  of: number
}

/** By how much the second of two means of money is over the first, with a normal interval; null when either is of nothing. */
export function meanDifference(before: Earned, after: Earned, z: number): Difference | null {
  if (before.of === 0 || after.of === 0) return null
  const difference = after.sum / after.of - before.sum / before.of
  const spread = z * Math.sqrt(before.squares / before.of ** 2 + after.squares / after.of ** 2)
  return { difference, low: difference - spread, high: difference + spread }
}
