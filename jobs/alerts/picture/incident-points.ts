import type { Incident } from '@guanlan/warehouse/alerts/incident'
import { readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { metrics } from '@guanlan/warehouse/metrics/catalog'
import { startOfDay } from '@guanlan/warehouse/queries/period'
import { runQuery } from '@guanlan/warehouse/queries/query/run-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Point } from './incident-svg.ts'

const minute = 60_000
const widths = { minute, five_minutes: 5 * minute, hour: 60 * minute, day: 24 * 60 * minute } as const
/** Buckets before the beginning, and in the whole. */
const before = { minute: 90, five_minutes: 48, hour: 48, day: 28 } as const
const most = 400

type Value = Incident['value']

/** What versions of the incident knew of a bucket: the newest that is not later, from the first wrong bucket on. */
const knownAt = (values: readonly Value[], at: number): Value | undefined =>
  values.findLast((value) => Date.parse(value.at) <= at) ?? values[0]

/** The series around an incident, and what was expected of it where the incident's versions know. */
export async function incidentPoints(
  warehouse: Warehouse,
  { store, incident_id, incident, now }: { store: Store; incident_id: string; incident: Incident; now: Date },
  asked?: Asked,
): Promise<Point[]> {
  const { grain, metric, slice, rule } = incident
  const width = widths[grain]
  const began = Date.parse(incident.began_at)
  const end = incident.resolved_at ? Date.parse(incident.resolved_at) + 6 * width : +now
  // A bucket that is still being filled looks like a fall.
  const to = Math.min(Math.floor(end / width) * width, began + (most - before[grain]) * width)
  const from = began - before[grain] * width
  const [timeline, [setting]] = await Promise.all([
    readTimeline(warehouse, { store_id: store.store_id, incident_id }, asked),
    readSettings(warehouse, 'rule', { store_id: store.store_id, id: rule.id }),
  ])
  const { results } = await runQuery(
    warehouse,
    store,
    {
      store_id: store.store_id,
      metrics: [metric],
      grain,
      filters: [
        ...(setting?.value.filters ?? []),
        ...(slice ? [['is', slice.dimension, [slice.value]] as const] : []),
      ] as never,
      date_range: [new Date(from).toISOString(), new Date(Math.max(to, began + width)).toISOString()],
    },
    asked,
  )
  const values = timeline.map(({ value }) => value.value).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return results.map(({ dimensions: [label = ''], metrics: [actual = null] }) => {
    const start = grain === 'day' ? startOfDay(label, store.time_zone).toMillis() : Date.parse(label)
    const isIn = start >= began && (!incident.resolved_at || start < Date.parse(incident.resolved_at))
    const known = isIn ? knownAt(values, start) : undefined
    const { expected = null, lower = null, upper = null } = known ?? {}
    return { at: new Date(start).toISOString(), actual, expected, lower, upper }
  })
}

/** Whether a metric is told in per cent. */
export const isRatio = (metric: Incident['metric']): boolean => metrics[metric].unit === 'ratio'
