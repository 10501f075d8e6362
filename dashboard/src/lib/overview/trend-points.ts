import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'
import type { Happenings } from '#lib/charts/happenings.ts'
import type { TrendPoint } from '#lib/charts/trend-option.ts'
import { bucketText } from '#lib/format/dates.ts'
import type { Language } from '#lib/format/intl.ts'
import { addDays, addMonths, dayIn } from '#lib/period/days.ts'
import type { Grain } from '#lib/period/period.ts'
import { rowOf } from './answers.ts'

interface View {
  language: Language
  grain: Grain
  now: Date
  /** What happened, by the place of the bucket. */
  notes?: Happenings['notes'] | undefined
  /** What is said of the hours of a campaign: the how-manieth since it began. */
  nth?: ((hour: number) => string) | undefined
}

/** Which part of the period a bucket is: over, under way at the moment, or still to come. */
function phaseOf(label: string, grain: Grain, now: Date, timeZone: string): 'over' | 'filling' | 'to come' {
  if (grain === 'hour') {
    const start = Date.parse(label)
    return start > now.getTime() ? 'to come' : start + 3_600_000 > now.getTime() ? 'filling' : 'over'
  }
  const today = dayIn(timeZone, now)
  const next = { day: addDays(label, 1), week: addDays(label, 7), month: addMonths(label, 1) }[grain]
  return label > today ? 'to come' : next > today ? 'filling' : 'over'
}

/** The same numbers alone, of the buckets that are over: what a line without words needs. */
export function finishedValues(
  answer: QueryAnswer,
  metric: string,
  { grain, now }: Pick<View, 'grain' | 'now'>,
): (number | null)[] {
  const place = answer.query.metrics.indexOf(metric)
  return answer.results.map(({ dimensions: [label = ''], metrics }) =>
    phaseOf(label, grain, now, answer.meta.time_zone) === 'over' ? (metrics[place] ?? null) : null,
  )
}

/** A metric of a time series as the chart and its table show it. What is still to come has no number, not a zero. */
export function trendPoints(
  answer: QueryAnswer,
  metric: string,
  { language, grain, now, notes, nth }: View,
): TrendPoint[] {
  return answer.results.map((row, at) => {
    const [label = ''] = row.dimensions
    const { value, before } = rowOf(answer, row)(metric)
    const phase = phaseOf(label, grain, now, answer.meta.time_zone)
    return {
      short: bucketText(language, label, grain),
      full: nth
        ? `${bucketText(language, label, grain, true)} · ${nth(at + 1)}`
        : bucketText(language, label, grain, true),
      value: phase === 'to come' ? null : value,
      before,
      partial: phase === 'filling',
      notes: notes?.get(at),
    }
  })
}
