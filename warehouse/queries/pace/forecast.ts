import { type PastDay, quantile, sumOf, type UsualWeek } from './usual-week.ts'

/** The usual level weighs as much as this share of the period would. */
const weightOfUsual = 1 / 8
/** Longest run of days of the past that is forecast to see how far off forecasts are. */
const longestRun = 7
const fewestRuns = 3

/**
 * What the rest of a period will bring: what is expected of it, times how the period has done against what was expected
 * so far. Early that says little, so it is drawn towards 1, as if an eighth of the period had gone as usual.
 */
export function restOf({ actual, passed, rest }: { actual: number; passed: number; rest: number }): number {
  const usual = (passed + rest) * weightOfUsual
  if (passed + usual <= 0) return 0
  return rest * Math.max(0, (actual + usual) / (passed + usual))
}

/** A run of days of the past cut where a share of it was usually over: what the rest brought ÷ what was forecast of it. */
function missOf(run: readonly PastDay[], usual: readonly number[], share: number): number | undefined {
  const hours = run.flatMap(({ hours: brought, weekday }) =>
    brought.map((value, hour) => ({ value, expected: usual[weekday * 24 + hour] ?? 0 })),
  )
  const expected = sumOf(hours.map((hour) => hour.expected))
  let left = expected * share
  let actual = 0
  for (const hour of hours) {
    if (left <= 0) break
    actual += hour.value * Math.min(1, hour.expected > 0 ? left / hour.expected : 1)
    left -= hour.expected
  }
  const forecast = restOf({ actual, passed: expected * share, rest: expected * (1 - share) })
  return forecast > 0 ? (sumOf(hours.map(({ value }) => value)) - actual) / forecast : undefined
}

/** How far the rest was off what such forecasts said, as factors of the forecast; nine of ten were above `low`. */
export interface Spread {
  low: number
  high: number
}

/**
 * How far off forecasts at the same share were in the days before: of every run of as many whole days, seven at most.
 * @param days that the usual week was made of; what is left out breaks a run
 * @returns undefined when there are too few runs to tell
 */
export function spreadOf(
  { days, hours }: UsualWeek,
  { share, length }: { share: number; length: number },
): Spread | undefined {
  const count = Math.min(longestRun, Math.max(1, Math.round(length)))
  const runs = days.map((_, at) => days.slice(at, at + count)).filter((run) => run.length === count && isUnbroken(run))
  const misses = runs.flatMap((run) => missOf(run, hours, share) ?? [])
  if (misses.length < fewestRuns) return undefined
  return { low: quantile(misses, 0.1), high: quantile(misses, 0.9) }
}

const dayMs = 86_400_000
const isUnbroken = (run: readonly PastDay[]) =>
  Date.parse(run.at(-1)?.day ?? '') - Date.parse(run[0]?.day ?? '') === (run.length - 1) * dayMs
