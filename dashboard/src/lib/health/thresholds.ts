export type State = 'ok' | 'attention' | 'broken'

/** From here on something wants attention, or is broken; what is never broken has no such border. */
interface Border {
  attention: number
  broken?: number
}

/** Every border between ok, attention and broken. Shares are parts of one, times are seconds. */
export const thresholds = {
  /** The oldest row that waits to go into the warehouse: it goes in within half a second. */
  spool_lag: { attention: 30, broken: 600 },
  /** Nothing from the storefront: small shops sleep at night. */
  event_age: { attention: 6 * 3600 },
  rejected_share: { attention: 0.01, broken: 0.2 },
  bot_share: { attention: 0.4 },
  /** Days of the last 24 hours that moved after they had closed. */
  reopened_days: { attention: 1 },
  /** Facts of which no rollup has been made: numbers are right all the same, and slower. */
  rollup_lag: { attention: 600, broken: 6 * 3600 },
  differences: { attention: 1 },
  failed_jobs: { attention: 1 },
  oldest_job: { attention: 120, broken: 1800 },
  /** Of one partition of a table: past a few thousand ClickHouse refuses inserts. */
  parts: { attention: 300, broken: 1000 },
  disk_used: { attention: 0.85, broken: 0.95 },
  redis_used: { attention: 0.8, broken: 0.95 },
} as const satisfies Record<string, Border>

/** Fewer refused than this are an accident, whatever their share. */
export const fewRejected = 10

/** Which side of its borders a number is on. */
export function grade(name: keyof typeof thresholds, value: number): State {
  const border: Border = thresholds[name]
  if (border.broken !== undefined && value >= border.broken) return 'broken'
  return value >= border.attention ? 'attention' : 'ok'
}

const severity: readonly State[] = ['ok', 'attention', 'broken']

/** The worst of some states; nothing is ok. */
export const worst = (states: readonly State[]): State =>
  severity[Math.max(0, ...states.map((state) => severity.indexOf(state)))] ?? 'ok'
