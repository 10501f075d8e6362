import type { Arrival, Signal } from '@guanlan/warehouse/queries/arrivals/contract'

export type { Arrival }

/** What has arrived by one or several signals together. */
export type Status = Omit<Arrival, 'signal'>

const least = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a)
const most = (a: string | null, b: string | null) => (a === null || (b !== null && b > a) ? b : a)

/** Of several signals the first of the firsts, the last of the lasts, and how much came by all of them. */
export const statusOf = (arrivals: readonly Arrival[], signals: readonly Signal[]): Status =>
  arrivals
    .filter(({ signal }) => signals.includes(signal))
    .reduce<Status>(
      (all, { first, last, last_24_hours }) => ({
        first: least(all.first, first),
        last: most(all.last, last),
        last_24_hours: all.last_24_hours + last_24_hours,
      }),
      { first: null, last: null, last_24_hours: 0 },
    )
