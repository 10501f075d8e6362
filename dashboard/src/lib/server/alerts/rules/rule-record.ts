import type { Incident } from '@guanlan/warehouse/alerts/incident'

/** How a rule has done. */
export interface RuleRecord {
  alarms: number
  rated: number
  /** Those somebody called useful, of those that somebody rated; null while nobody has. */
  precision: number | null
  isNoisy: boolean
}

/** Less is chance; and a rule that cries wolf every other time is soon ignored. */
const [leastRated, leastPrecision] = [3, 0.5]

/** How a rule has done, by its incidents and what people said of them. An alarm that was expected was no use either. */
export function ruleRecord(incidents: readonly Pick<Incident, 'feedback'>[]): RuleRecord {
  const rated = incidents.filter(({ feedback }) => feedback !== null)
  const precision =
    rated.length === 0 ? null : rated.filter(({ feedback }) => feedback === 'useful').length / rated.length
  return {
    alarms: incidents.length,
    rated: rated.length,
    precision,
    isNoisy: rated.length >= leastRated && precision !== null && precision < leastPrecision,
  }
}
