import { addMonths, type Day, firstOfMonth } from '../period/days.ts'

interface Span {
  id: string
  starts_at: string
  ends_at: string
}

/** A bar of the timeline; where it begins and how long it is, in percent of the whole. */
export interface Bar {
  id: string
  start: number
  length: number
}

const at = (day: Day) => Date.parse(`${day}T00:00:00Z`)
const rounded = (share: number) => Math.round(share * 10_000) / 100
/** A bar that is an evening long is to be seen in a year too. */
const shortest = 0.006

/**
 * The months around what is planned as one line: the bars on it, where each month begins, and where now is.
 * @param today the month it lies in is always on the line; months are those of UTC, which a line of months hides
 */
export function timelineOf(spans: readonly Span[], today: Day, now: Date) {
  const days = spans
    .flatMap(({ starts_at, ends_at }) => [starts_at, ends_at])
    .map((iso) => new Date(iso).toISOString().slice(0, 10))
  const sorted = [...days, today].sort()
  const from = firstOfMonth(sorted[0] ?? today)
  const to = addMonths(firstOfMonth(sorted.at(-1) ?? today), 1)
  const share = (time: number) => (time - at(from)) / (at(to) - at(from))
  const months: { month: Day; start: number }[] = []
  for (let month = from; month < to; month = addMonths(month, 1))
    months.push({ month, start: rounded(share(at(month))) })
  const bars = spans.map(({ id, starts_at, ends_at }): Bar => {
    const length = Math.max(shortest, share(Date.parse(ends_at)) - share(Date.parse(starts_at)))
    return { id, start: rounded(Math.min(share(Date.parse(starts_at)), 1 - length)), length: rounded(length) }
  })
  return { months, bars, now: rounded(share(now.getTime())) }
}
