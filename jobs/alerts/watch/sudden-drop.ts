/** A count with what was expected of it. */
export type Expected = [value: number, expected: number]

/** A fall that is told at once is one by two fifths or more. */
const kept = 0.6
export const suddenBuckets = 3
const weekSeconds = 604_800
/** From here on a Poisson variable is as good as normal. */
const large = 1000

/** The chance of at most `most` where `mean` are expected: Poisson, exactly while the mean is below a thousand. */
export function chanceOfAtMost(most: number, mean: number): number {
  if (mean > large) return Math.exp(-((mean - most) ** 2) / (2 * mean))
  let [sum, term] = [0, Math.exp(-mean / 2)]
  // In two halves: e⁻¹⁰⁰⁰ is no number any more.
  const rest = Math.exp(-mean / 2)
  for (let count = 0; count <= most; count += 1) {
    sum += term
    term *= mean / (count + 1)
  }
  return sum * rest
}

/** How improbable a fall must be for so many false alarms a week. */
export const suddenAt = (wantedPerWeek: number, seconds: number): number => (wantedPerWeek * seconds) / weekSeconds / 2

const dispersionWeight = 1 / 2000
/** One bucket counts for no more than a deviation of five standard deviations. */
const mostSurprise = 25

/** How much more a count varies than Poisson: 1 is just so. The mean of what it has shown, over a day or two of minutes. */
export function dispersionAfter(dispersion: number, [value, expected]: Expected): number {
  const surprise = Math.min(mostSurprise, (value - expected) ** 2 / Math.max(1, expected))
  return dispersion + dispersionWeight * (surprise - dispersion)
}

/**
 * Whether the last bucket, or the last three together, have fallen by more than chance and the series' own noise explain.
 * The detector knows what is normal; it takes about ten points to be sure of a lasting change, and three minutes are asked.
 * @param last newest last
 * @param at the probability below which it is told
 */
export function isSuddenDrop(last: readonly Expected[], dispersion: number, at: number): boolean {
  // A series that varies more than Poisson counts as so many fewer cases.
  const cases = 1 / Math.max(1, dispersion)
  return [1, suddenBuckets].some((size) => {
    if (last.length < size) return false
    let [value, expected] = [0, 0]
    for (const [came, wanted] of last.slice(-size)) {
      value += came
      expected += wanted
    }
    return value < kept * expected && chanceOfAtMost(value * cases, expected * cases) < at
  })
}
