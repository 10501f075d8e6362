/** What a series measures; it decides how much a value may vary by chance alone. */
export const seriesKinds = ['count', 'ratio', 'money', 'latency', 'unknown'] as const
export type SeriesKind = (typeof seriesKinds)[number]

/** What was found. A drop or spike that lasts is called a level shift from its sixth point on. */
export const findingKinds = [
  'drop',
  'spike',
  'level_shift',
  'slow_decline',
  'slow_rise',
  'flat_line',
  'missing',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** Counts after Anscombe (1948): the root of a Poisson variable plus 3/8 varies by one half, whatever its mean. */
const root = (value: number) => Math.sqrt(Math.max(0, value) + 0.375)

/**
 * How surprising chance alone makes this value, in standard deviations; infinite where the kind sets no limit.
 * Counts are at best Poisson, ratios binomial over their denominator, money at best as noisy as its number of orders.
 */
export const surpriseByChance = (kind: SeriesKind, value: number, expected: number, denominator?: number): number => {
  if (kind === 'count') return 2 * Math.abs(root(value) - root(expected))
  if (denominator === undefined || kind === 'latency' || kind === 'unknown') return Number.POSITIVE_INFINITY
  if (!(denominator > 0)) return 0
  if (kind === 'money') return Math.abs(value / (expected || 1) - 1) * Math.sqrt(denominator)
  const share = Math.min(1 - 0.5 / (denominator + 1), Math.max(0.5 / (denominator + 1), expected))
  return Math.abs(value - expected) / Math.sqrt((share * (1 - share)) / denominator)
}

/** The values that chance alone puts `surprise` standard deviations from what is expected: the narrowest band. */
export const bandByChance = (kind: SeriesKind, expected: number, surprise: number, denominator?: number) => {
  if (kind === 'count') {
    const lowest = Math.max(Math.sqrt(0.375), root(expected) - surprise / 2)
    return { lower: Math.max(0, lowest ** 2 - 0.375), upper: (root(expected) + surprise / 2) ** 2 - 0.375 }
  }
  if (!(denominator && denominator > 0) || kind === 'latency' || kind === 'unknown')
    return { lower: expected, upper: expected }
  const share = Math.min(1, Math.max(0, expected))
  const sigma =
    kind === 'money' ? Math.abs(expected) / Math.sqrt(denominator) : Math.sqrt((share * (1 - share)) / denominator)
  return { lower: expected - surprise * sigma, upper: expected + surprise * sigma }
}
