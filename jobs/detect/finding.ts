import type { Sensitivity } from './alarm.ts'
import type { FindingKind, SeriesKind } from './kinds.ts'

export type DetectorOptions = {
  kind?: SeriesKind
  /** Wanted alarms a week; 2 by default. */
  sensitivity?: Sensitivity
  /** Seconds between points; found out from the first 64 intervals when it is not given. */
  period?: number
}

/** `at` in seconds; `value` null where the series has a gap; `denominator` of a ratio, or the orders behind a sum of money. */
export type Point = { at: number; value: number | null; denominator?: number }

export type Finding = {
  /** Undefined until a first value was seen; in units of the series. */
  expected: number | undefined
  lower: number | undefined
  upper: number | undefined
  /** 0…1; an alarm is raised at one half. */
  score: number
  /** True at the point that raises an alarm, not all through the incident. */
  is_anomaly: boolean
  /** Whether an incident is going on at this point. */
  incident: boolean
  kind: FindingKind | undefined
  /** True while less than a day was seen: the band is wider. */
  warming: boolean
}
