import { type Comparison, comparisonOf } from '../period/comparison.ts'

const metrics = ['paid_gmv', 'visitors'] as const
const curves = ['cumulative', 'five_minutes', 'minute'] as const

export type LiveComparison = Exclude<Comparison, 'none'>
export type LiveMetric = (typeof metrics)[number]
export type Curve = (typeof curves)[number]

/** What the address of the Live page chooses: the day that today is held against, and what the chart draws. */
export interface LiveView {
  comparison: LiveComparison
  metric: LiveMetric
  curve: Curve
}

/** The days that today can be held against: yesterday, this weekday a week ago, this date a year ago. */
export const liveComparisons = [
  'previous_period',
  'same_weekdays',
  'last_year',
] as const satisfies readonly LiveComparison[]

/** The curves that a metric can be drawn as: visitors of five minutes do not add up to those of a day. */
export const curvesOf = (metric: LiveMetric): readonly Curve[] =>
  metric === 'visitors' ? curves.filter((curve) => curve !== 'cumulative') : curves

/** Reads the address. */
export function liveViewOf(params: { get(name: string): string | null }): LiveView {
  const comparison = comparisonOf(params)
  const metric = metrics.find((each) => each === params.get('metric')) ?? 'paid_gmv'
  const choices = curvesOf(metric)
  return {
    comparison: comparison === 'none' ? 'previous_period' : comparison,
    metric,
    curve: choices.find((each) => each === params.get('curve')) ?? choices[0] ?? 'five_minutes',
  }
}

/** The same view in one word: by it an answer is known to belong to what is looked at. */
export const keyOf = ({ comparison, metric, curve }: LiveView): string => `${comparison} ${metric} ${curve}`
