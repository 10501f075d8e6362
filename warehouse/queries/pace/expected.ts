/** A stretch of time in milliseconds and what is expected of it; within it, as much in each moment. */
export interface Piece {
  start: number
  end: number
  expected: number
  /** Whether it goes by an earlier campaign. */
  modelled?: boolean
}

/** An hour of a period, cut off at the period's borders; `place` is its hour of the week, 0 for Monday 00:00. */
export interface Hour {
  start: number
  end: number
  place: number
}

/** A campaign in the period and what is expected of it: between two distances from its start, in milliseconds. */
export interface Planned {
  start: number
  end: number
  /** null beyond the end of the campaign that it is modelled on. */
  expected: (from: number, to: number) => number | null
}

const hourMs = 3_600_000

/** What is expected before a moment. */
export const expectedUntil = (pieces: readonly Piece[], moment: number): number =>
  pieces.reduce((sum, { start, end, expected }) => {
    const passed = Math.min(1, Math.max(0, (moment - start) / (end - start)))
    return sum + expected * passed
  }, 0)

/** Cuts hours where campaigns begin and end. */
function cut(hours: readonly Hour[], planned: readonly Planned[]): Hour[] {
  const borders = planned.flatMap(({ start, end }) => [start, end]).sort((a, b) => a - b)
  return hours.flatMap(({ start, end, place }) => {
    const ends = [...borders.filter((border) => border > start && border < end), end]
    return ends.map((to, at) => ({ start: at === 0 ? start : (ends[at - 1] ?? start), end: to, place }))
  })
}

/**
 * What is expected of a period: of a campaign's hours what its model brought so long after its start, of all others what
 * they bring in a usual week.
 * @param planned of those that overlap the first counts
 * @returns undefined where hours are left of which nothing is known
 */
export function expectedOf(
  hours: readonly Hour[],
  usual: readonly number[] | undefined,
  planned: readonly Planned[],
): Piece[] | undefined {
  const pieces: Piece[] = []
  for (const { start, end, place } of cut(hours, planned)) {
    const campaign = planned.find((one) => one.start <= start && end <= one.end)
    const modelled = campaign?.expected(start - campaign.start, end - campaign.start) ?? null
    if (modelled === null && !usual) return undefined
    const expected = modelled ?? ((usual?.[place] ?? 0) * (end - start)) / hourMs
    pieces.push({ start, end, expected, modelled: modelled !== null })
  }
  return pieces
}

/**
 * What a campaign of the past brought between two distances from its start; within an hour, as much in each moment.
 * @param hours of that campaign with what each brought; the first and last cut off where it began and ended
 */
export function modelOf(hours: readonly { start: number; end: number; value: number }[]): Planned['expected'] {
  const origin = hours[0]?.start ?? 0
  const pieces = hours.map(({ start, end, value }) => ({ start: start - origin, end: end - origin, expected: value }))
  const end = pieces.at(-1)?.end ?? 0
  return (from, to) => (from >= end ? null : expectedUntil(pieces, to) - expectedUntil(pieces, from))
}
