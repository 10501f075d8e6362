import type { Incident } from '../alerts/incident.ts'
import { metrics } from '../metrics/catalog.ts'
import { type OddDay, oddDayAt } from './odd-days.ts'

/** Whether the watch gives a metric a wider range on an odd day: times, and rates that must not rise, it judges as always. */
function isWidened({ metric, finding }: Incident): boolean {
  const { unit } = metrics[metric]
  if (finding !== 'drop' && finding !== 'spike') return false
  return unit === 'count' || unit === 'money' || (unit === 'ratio' && finding === 'drop')
}

/** The day that an incident began on, where it is not what its weekday says, and whether it was judged in a wider range. */
export function incidentDay(incident: Incident, timeZone: string): (OddDay & { isWidened: boolean }) | undefined {
  const day = oddDayAt(Date.parse(incident.began_at), timeZone)
  return day && { ...day, isWidened: isWidened(incident) }
}
