import { splitChange } from '@guanlan/warehouse/queries/gmv-factors/split-change'

/** Paid GMV of a stretch and what it is made of. */
export interface Sold {
  visitors: number
  buyers: number
  paid: number
}

export interface Lost {
  money: { expected: number; actual: number; gap: number; per_hour: number }
  factors: { visitors: number; conversion_rate: number; spend_per_buyer: number }
}

/** Money in ten-thousandths: integers, whose sums are exact. */
const fine = (money: number) => Math.round(money * 10_000)
const counted = ({ visitors, buyers, paid }: Sold) => ({ visitors, buyers, paid: fine(paid) })

/**
 * What a stretch brought less or more than it should have, in money, and what each factor of paid GMV carries of it, which
 * together is the gap to the last ten-thousandth.
 * @param hours how long it lasted
 */
export function moneyOf(expected: Sold, actual: Sold, hours: number): Lost {
  const parts = splitChange(counted(actual), counted(expected))
  const gap = fine(actual.paid) - fine(expected.paid)
  return {
    money: {
      expected: fine(expected.paid) / 10_000,
      actual: fine(actual.paid) / 10_000,
      gap: gap / 10_000,
      per_hour: hours > 0 ? Math.round(gap / hours) / 10_000 : 0,
    },
    factors: {
      visitors: parts.visitors / 10_000,
      conversion_rate: parts.conversion_rate / 10_000,
      spend_per_buyer: parts.spend_per_buyer / 10_000,
    },
  }
}

/**
 * What is sold when visitors stay away: those who are missing would have bought as visitors of their slice usually do. The
 * orders of a few minutes say little, and come after the visits.
 * @param usual of the store in such a stretch
 * @param slices visitors expected and seen of each slice, and what its visitors usually bring
 */
export function withoutVisitors(
  usual: Sold,
  slices: readonly { expected: number; actual: number; usual: Sold }[],
): Sold {
  const missing = (of: (sold: Sold) => number) =>
    slices.reduce((sum, slice) => {
      const each = slice.usual.visitors > 0 ? of(slice.usual) / slice.usual.visitors : 0
      return sum + (slice.actual - slice.expected) * each
    }, 0)
  return {
    visitors: Math.max(0, usual.visitors + slices.reduce((sum, { expected, actual }) => sum + actual - expected, 0)),
    buyers: Math.max(0, usual.buyers + missing(({ buyers }) => buyers)),
    paid: Math.max(0, usual.paid + missing(({ paid }) => paid)),
  }
}
