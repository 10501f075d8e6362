import type { Incident, IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import type { Change } from './book.ts'
import { grainSeconds } from './series.ts'

type Family = 'data' | 'payment' | 'traffic' | 'conversion' | 'sales' | 'other'

/** Within so many milliseconds incidents begin together. */
const togetherMs = 5 * 60_000
/** A part that explains so much of the whole's gap is the cause, and the whole what follows from it. */
const most = 0.5

/** What an incident is about: those to the left are causes of those to the right. */
const order: readonly Family[] = ['data', 'payment', 'traffic', 'conversion', 'sales', 'other']

function familyOf({ metric, finding }: Incident): Family {
  if (finding === 'data_stopped') return 'data'
  if (finding === 'share' || finding === 'forecast') return 'other'
  if (metric.startsWith('payment_')) return 'payment'
  const { from, unit } = metrics[metric as MetricName]
  if (from === 'traffic' || from === 'sessions') return unit === 'count' ? 'traffic' : 'conversion'
  if (from === 'several' && unit === 'ratio') return metric.endsWith('conversion_rate') ? 'conversion' : 'other'
  return from === 'sales' && metric !== 'order_exceptions' ? 'sales' : 'other'
}

/** What comes short, or is too much, in the unit of the metric. */
const gapOf = ({ value: { expected, actual } }: Incident) => (actual ?? 0) - (expected ?? actual ?? 0)

/** How far a beginning may be off: an hour that is too small does not say when it began to be. */
const slackOf = (incident: Incident) => Math.max(togetherMs, grainSeconds[incident.grain] * 1000)

function isTogether(one: Incident, other: Incident): boolean {
  const apart = Math.abs(Date.parse(one.began_at) - Date.parse(other.began_at))
  return apart <= Math.max(slackOf(one), slackOf(other))
}

/** Whether one may follow from the other: the same slice, or the whole and a part of it, and kin by cause. */
function areRelated(one: Incident, other: Incident): boolean {
  if (!isTogether(one, other)) return false
  const families = [familyOf(one), familyOf(other)]
  if (families.includes('data')) return [one, other].every((each) => familyOf(each) === 'data' || gapOf(each) < 0)
  if (families.includes('other')) return false
  const isSameSlice = one.slice?.dimension === other.slice?.dimension && one.slice?.value === other.slice?.value
  if (!isSameSlice && one.slice && other.slice) return false
  // More failed payments make less money, fewer visitors make less money; more of both are no consequence of each other.
  return families.includes('payment') || Math.sign(gapOf(one)) === Math.sign(gapOf(other))
}

/** Which of two that are related is told: the cause before what follows, a part that explains most before the whole. */
function leads(one: Incident, other: Incident): boolean {
  const [a, b] = [order.indexOf(familyOf(one)), order.indexOf(familyOf(other))]
  if (a !== b) return a < b
  if (one.slice && !other.slice) return Math.abs(gapOf(one)) >= most * Math.abs(gapOf(other))
  if (!one.slice && other.slice) return Math.abs(gapOf(other)) < most * Math.abs(gapOf(one))
  return Math.abs(gapOf(one)) > Math.abs(gapOf(other))
}

/**
 * Gives openings their group: the incident that they belong to, which alone is told. One that was told before stays what
 * the others belong to, but for missing data, which explains whatever fell with it.
 */
export function groupOf(openings: readonly Change[], open: readonly IncidentVersion[]): Change[] {
  const told = open.filter(({ value }) => value.group === null)
  const leaders: { incident_id: string; value: Incident }[] = told.map(({ incident_id, value }) => ({ incident_id, value })) // biome-ignore format: one list
  const sorted = [...openings].sort((a, b) => (leads(a.value, b.value) ? -1 : leads(b.value, a.value) ? 1 : 0))
  const grouped = sorted.map((opening) => {
    const isData = familyOf(opening.value) === 'data'
    const leader = isData ? undefined : leaders.find(({ value }) => areRelated(value, opening.value))
    if (!leader) leaders.push(opening)
    return leader ? { ...opening, value: { ...opening.value, group: leader.incident_id } } : opening
  })
  const data = grouped.find(({ value }) => familyOf(value) === 'data')
  if (!data) return grouped
  const explained = told.filter(({ value }) => familyOf(value) !== 'data' && areRelated(value, data.value))
  return [
    ...grouped,
    ...explained.map(({ incident_id, version, value }) => ({
      ...{ incident_id, read_version: version, transition: 'updated' as const },
      value: { ...value, group: data.incident_id },
    })),
  ]
}
