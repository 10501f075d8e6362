/** What a value of a dimension was expected to bring, and what it brought. */
export interface Part {
  value: string
  expected: number
  actual: number
}

/** The fewest values of one dimension that explain enough of a gap. */
export interface Candidate {
  dimension: string
  /** Largest share of the gap first. */
  parts: (Part & { share: number })[]
  surprise: number
}

/** A value explains something from this share of the gap on; values are gathered until they explain this much together. */
const [leastShare, enough] = [0.1, 0.67]

/** What moved as the whole did, but for so little, counts as having moved with it. */
const slack = 0.05

const total = (parts: readonly Part[], of: 'expected' | 'actual') => parts.reduce((sum, part) => sum + part[of], 0)

/** How much a value's share of the whole moved: its term of the Jensen–Shannon divergence. */
function surpriseOf(expectedShare: number, actualShare: number): number {
  const term = (own: number, other: number) => (own > 0 ? own * Math.log((2 * own) / (own + other)) : 0)
  return 0.5 * (term(expectedShare, actualShare) + term(actualShare, expectedShare))
}

/**
 * Which dimension explains a gap best, after Adtributor (Bhagwan et al., “Adtributor: revenue debugging in advertising
 * systems”, NSDI 2014): in each dimension the values whose shares moved most, as many as explain two thirds of the gap;
 * dimensions by how much those moved together. A dimension whose values all fell alike explains everything and surprises
 * nobody, so it comes last.
 * @param byDimension the same whole, cut in several ways; numbers of anything that adds up
 */
export function rankDimensions(byDimension: Readonly<Record<string, readonly Part[]>>): Candidate[] {
  const candidates = Object.entries(byDimension).flatMap(([dimension, parts]): Candidate[] => {
    const [expected, actual] = [total(parts, 'expected'), total(parts, 'actual')]
    const gap = actual - expected
    if (gap === 0 || parts.length < 2) return []
    const judged = parts
      .map((part) => ({
        ...part,
        share: (part.actual - part.expected) / gap,
        surprise: surpriseOf(expected > 0 ? part.expected / expected : 0, actual > 0 ? part.actual / actual : 0),
      }))
      // A value that kept more than its share only followed: it is no cause, however large it is.
      .filter(({ share, expected: own }) => share >= leastShare && share >= (1 - slack) * (own / (expected || 1)))
      .sort((a, b) => b.surprise - a.surprise || b.share - a.share)
    let explained = 0
    const chosen = judged.filter(({ share }) => {
      const needed = explained < enough
      if (needed) explained += share
      return needed
    })
    if (explained < enough) return []
    const surprise = chosen.reduce((sum, part) => sum + part.surprise, 0)
    const shown = chosen.map(({ surprise: _, ...part }) => part).sort((a, b) => b.share - a.share)
    return [{ dimension, parts: shown, surprise }]
  })
  return candidates.sort((a, b) => b.surprise - a.surprise || a.parts.length - b.parts.length)
}
