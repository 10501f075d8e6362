import type { SeriesKind } from '../../detect/kinds.ts'
import { certainty, type Off, several } from './campaign-watch.ts'

/** What is remembered of a series within one odd day. */
export interface OddDayMemory {
  day: string
  /** The last buckets against the least, and against the most, that was expected. */
  last: { low: Off; high: Off }[]
  calm: number
  /** Cases behind one unit of value lately, where a denominator is known. */
  cases: number
}

export interface OddDaySeen {
  value: number
  denominator?: number | undefined
  /** What the series brings at this time of its own weekday, and of the day that this one is rather like. */
  usual: number
  alike: number
  /** What the holiday made of the usual before, at the same distance from its beginning; undefined where nobody knows. */
  uplift?: number | undefined
}

/** How much of what was expected may be left: half where an earlier one tells what to expect, else two fifths. */
const [half, twoFifths] = [0.5, 0.4]
/** It is well again when so much more is left: what lies on the border by chance does not end and open it by turns. */
const margin = 0.15
/** Chance must not explain it even of a day that is itself so far off, which would be nothing to tell of. */
const slack = 0.2
const certain = 5
/** How many times several buckets are looked at together: a large shop is sure at once, a small one after an hour of minutes. */
const spans = [1, 2, 6, 12]
/** Cases behind a value are those of about the last hour of minutes. */
const casesWeight = 1 / 60

export const newOddDay = (day: string): OddDayMemory => ({ day, last: [], calm: 0, cases: 0 })

const sumOf = (row: readonly Off[], at: 0 | 1) => row.reduce((sum, one) => sum + one[at], 0)

/**
 * Watches a series through a public holiday, or a weekend's day that is worked. Nobody knows which day it is like, so the
 * range goes from the least to the most that its own weekday and the other would bring, and told is only what lies far
 * outside it, for several buckets, that chance does not explain. Changes the memory.
 */
export function watchOddDay(
  memory: OddDayMemory,
  { value, denominator = 0, usual, alike, uplift }: OddDaySeen,
  { kind, seconds }: { kind: SeriesKind; seconds: number },
): { expected: number; lower: number; upper: number; off: -1 | 0 | 1; buckets: number; isCalm: boolean } {
  const expected = Math.max(0, uplift === undefined ? alike : usual * uplift)
  const [least, most] = uplift === undefined ? [Math.max(0, Math.min(usual, alike)), Math.max(usual, alike)] : [expected, expected] // biome-ignore format: one pair
  const kept = uplift === undefined ? twoFifths : half
  memory.last =
    [...memory.last, { low: [value, least, denominator] satisfies Off, high: [value, most, denominator] satisfies Off }] // biome-ignore format: one row
      .slice(-(spans.at(-1) ?? 1) * several(seconds))
  const isWell = value >= (kept + margin) * least && value * (kept + margin) <= most
  memory.calm = isWell ? memory.calm + 1 : 0
  if (denominator > 0 && value > 0) {
    memory.cases = memory.cases || denominator / value
    memory.cases += casesWeight * (denominator / value - memory.cases)
  }
  /** Of how many buckets together it is sure that they are off in a way; 0 of none. */
  const sureOf = (way: 'low' | 'high') => {
    const share = way === 'low' ? kept + slack : 1 / (kept + slack)
    return spans
      .map((times) => times * several(seconds))
      .find((size) => {
        const row = memory.last.slice(-size).map((one) => one[way])
        const [came, reference] = [sumOf(row, 0), sumOf(row, 1)]
        const isFar = way === 'low' ? came < kept * reference : came * kept > reference
        const against = row.map(([one, of, cases]): Off => [one, of * share, cases])
        return row.length === size && isFar && certainty(against, memory.cases, kind) >= certain
      })
  }
  const [low, high] = [sureOf('low'), sureOf('high')]
  return {
    ...{ expected, lower: kept * least, upper: most / kept, isCalm: memory.calm >= 3 },
    ...{ off: low ? -1 : high ? 1 : 0, buckets: low ?? high ?? 0 },
  }
}
