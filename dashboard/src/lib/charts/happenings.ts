import { momentText } from '#lib/format/dates.ts'
import type { Language } from '#lib/format/intl.ts'
import { clockText } from '#lib/format/local-time.ts'
import type { Campaign } from '#lib/period/campaigns.ts'
import type { calendarMarks } from './calendar-days.ts'
import { bandsOn, marksOn, type TimeAxis, type TimeBand } from './time-marks.ts'

/** What a time axis tells beside its numbers. */
export interface Happenings {
  /** Sentences by the place of the bucket. */
  notes: ReadonlyMap<number, readonly string[]>
  bands: readonly TimeBand[]
}

interface Known {
  annotations: readonly { at: string; text: string }[]
  campaigns: readonly Campaign[]
  /** Those of the metric that the axis shows; one that is not over ends now. */
  incidents?: readonly { name: string; began_at: string; resolved_at: string | null }[]
  /** Public holidays and days worked for them, as `calendarMarks` gives them. */
  calendar?: ReturnType<typeof calendarMarks>
  language: Language
  /** What is said where a campaign begins, and where it ends. */
  words: {
    begins: (name: string) => string
    ends: (name: string) => string
    /** What is said where an incident begins. */
    wrong?: (name: string) => string
  }
}

/** What somebody wrote down, holidays, campaigns and incidents: where they begin and end in words, between as bands. */
export function happeningsOn(
  axis: TimeAxis,
  { annotations, campaigns, incidents = [], calendar = { bands: [], notes: [] }, language, words }: Known,
): Happenings {
  const told: { at: string; text: string; isDay?: boolean }[] = [
    ...calendar.notes,
    ...annotations.map(({ at, text }) => ({ at, text })),
    ...incidents.map(({ name, began_at }) => ({ at: began_at, text: words.wrong?.(name) ?? name })),
    ...campaigns.flatMap(({ name, starts_at, ends_at }) => [
      { at: starts_at, text: words.begins(name) },
      { at: ends_at, text: words.ends(name) },
    ]),
  ]
  // With its day where a bucket is wider than one.
  const isWide = axis.grain === 'week' || axis.grain === 'month'
  const { timeZone } = axis
  const when = (at: string) =>
    isWide ? momentText(language, at, { timeZone, to: 'minute' }) : clockText(timeZone, at, 'minute')
  const notes = [...marksOn(axis, told)].map(([place, all]): [number, string[]] => [
    place,
    all.map(({ at, text, isDay }) => (isDay && !isWide ? text : `${when(at)} ${text}`)),
  ])
  const wrong = incidents.map(({ name, began_at, resolved_at }) => ({
    ...{ name, starts_at: began_at, ends_at: resolved_at ?? new Date().toISOString() },
  }))
  return {
    notes: new Map(notes),
    bands: [
      ...bandsOn(axis, [...calendar.bands, ...campaigns]),
      ...bandsOn(axis, wrong).map((band): TimeBand => ({ ...band, kind: 'incident' })),
    ],
  }
}
