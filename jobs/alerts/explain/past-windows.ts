import type { DateTime } from 'luxon'

interface Span {
  from: DateTime
  to: DateTime
}

const weeks = [1, 2, 3, 4, 5, 6]
/** Weeks that are compared with at most. */
const enough = 4

const touches = (one: Span, other: Span) => one.from < other.to && other.from < one.to

/**
 * The same stretch of the store's clock in earlier weeks, the latest first; those that a campaign or another incident falls
 * into are left out as long as others remain.
 * @param atLeast minutes: a shorter stretch is widened about its middle, for a few minutes of a slice say little
 */
export function pastWindows(span: Span, leftOut: readonly Span[], atLeast: number): Span[] {
  const missing = Math.max(0, atLeast - span.to.diff(span.from, 'minutes').minutes)
  const wide = { from: span.from.minus({ minutes: missing / 2 }), to: span.to.plus({ minutes: missing / 2 }) }
  const past = weeks.map((back) => ({ from: wide.from.minus({ weeks: back }), to: wide.to.minus({ weeks: back }) }))
  const calm = past.filter((window) => !leftOut.some((one) => touches(window, one)))
  return (calm.length > 0 ? calm : past).slice(0, enough)
}
