import { addDays, addMonths, dayIn } from '#lib/period/days.ts'
import type { Grain } from '#lib/period/period.ts'

/** The buckets of a time axis: as the read API names them, days or instants, without a gap. */
export interface TimeAxis {
  labels: readonly string[]
  grain: Grain | 'minute' | 'five_minutes'
  timeZone: string
}

/** A stretch of the axis, from one bucket to another, both by their place. */
export interface TimeBand {
  from: number
  to: number
  name: string
  /** An incident is drawn as something wrong; a campaign is not. */
  kind?: 'incident'
}

const widths = { minute: 60_000, five_minutes: 300_000, hour: 3_600_000 }

/** Moments as what orders them beside the labels of an axis: days as text, instants in milliseconds. */
function orderOf({ grain, timeZone }: TimeAxis) {
  if (grain === 'minute' || grain === 'five_minutes' || grain === 'hour') {
    const width = widths[grain]
    return {
      ofLabel: (label: string): string | number => Date.parse(label),
      ofMoment: (at: string): string | number => Date.parse(at),
      after: (label: string): string | number => Date.parse(label) + width,
    }
  }
  return {
    ofLabel: (label: string): string | number => label,
    ofMoment: (at: string): string | number => dayIn(timeZone, new Date(at)),
    after: (label: string): string | number =>
      grain === 'month' ? addMonths(label, 1) : addDays(label, grain === 'week' ? 7 : 1),
  }
}

/** The place of the bucket that a moment falls into: −1 before the axis, its length after it. */
function placesOn(axis: TimeAxis): (at: string) => number {
  const order = orderOf(axis)
  const starts = axis.labels.map(order.ofLabel)
  const end = order.after(axis.labels.at(-1) ?? '')
  return (at) => {
    const moment = order.ofMoment(at)
    return moment >= end ? starts.length : starts.findLastIndex((start) => start <= moment)
  }
}

/**
 * What happened in each bucket of a time axis, the earliest first.
 * @returns by the place of the bucket; those in which nothing happened are left out, and so is what lies off the axis
 */
export function marksOn<Happened extends { at: string }>(
  axis: TimeAxis,
  happened: readonly Happened[],
): Map<number, Happened[]> {
  const marks = new Map<number, Happened[]>()
  if (axis.labels.length === 0) return marks
  const placeOf = placesOn(axis)
  for (const one of happened.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const place = placeOf(one.at)
    if (place >= 0 && place < axis.labels.length) marks.set(place, [...(marks.get(place) ?? []), one])
  }
  return marks
}

/**
 * Campaigns and the like as bands of a time axis: from the bucket in which one begins to that in which it is over, cut off at the
 * axis’ ends. A band is as wide as a bucket at least.
 */
export function bandsOn(
  axis: TimeAxis,
  campaigns: readonly { name: string; starts_at: string; ends_at: string }[],
): TimeBand[] {
  const last = axis.labels.length - 1
  if (last < 1) return []
  const placeOf = placesOn(axis)
  return campaigns.flatMap(({ name, starts_at, ends_at }) => {
    const [begins, ends] = [placeOf(starts_at), placeOf(new Date(Date.parse(ends_at) - 1).toISOString())]
    if (begins > last || ends < 0) return []
    const to = Math.min(last, ends + 1)
    return [{ name, from: Math.min(Math.max(0, begins), to - 1), to }]
  })
}
