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
      (all, { first, last, last_day }) => ({
        first: least(all.first, first),
        last: most(all.last, last),
        last_day: all.last_day + last_day,
      }),
      { first: null, last: null, last_day: 0 },
    )
