import { incidentPoints } from '@guanlan/jobs/incident-points'
import type { Incident, IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { readDeliveries } from '@guanlan/warehouse/alerts/read-attempts'
import { readIncidents, readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { incidentDay } from '@guanlan/warehouse/calendar/incident-day'
import { toClickHouse } from '@guanlan/warehouse/instant'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { error } from '@sveltejs/kit'
import type { Language } from '#lib/format/intl.ts'
import type { PageWorld } from '../ask.ts'
import { panel, soon } from '../panels.ts'
import { incidentRows, tellSlice } from './incident-rows.ts'
import { nextMorning } from './next-morning.ts'
import { timelineOf } from './timeline-of.ts'

const hourMs = 3600_000

/** The incidents that are told with one, or that it is told with. */
async function relatedTo({ warehouse, store, asked }: PageWorld, one: IncidentVersion, language: Language) {
  const opened = Date.parse(one.value.opened_at)
  const [from, to] = [opened - 24 * hourMs, opened + 24 * hourMs].map((at) => toClickHouse(new Date(at)))
  const near = await readIncidents(
    warehouse,
    { store_id: store.store_id, ...(from && { from }), ...(to && { to }) },
    asked,
  )
  const head = one.value.group ?? one.incident_id
  const related = near.filter(
    ({ incident_id, value }) => incident_id !== one.incident_id && (incident_id === head || value.group === head),
  )
  return incidentRows(related, language)
}

/** The day that it began on, where that is a holiday or worked for one. */
function dayOf(incident: Incident, timeZone: string, language: Language) {
  const day = incidentDay(incident, timeZone)
  return day && { kind: day.kind, name: day.name[language], nth: day.nth, of: day.of, isWidened: day.isWidened }
}

/** Everything that the page of an incident shows. @throws 404 for one that is not there */
export async function loadIncident(world: PageWorld, incident_id: string, language: Language) {
  const { warehouse, store, asked, log } = world
  const { store_id, time_zone } = store
  const timeline = await readTimeline(warehouse, { store_id, incident_id }, asked)
  const newest = timeline.at(-1)
  if (!newest) error(404, 'There is no such incident.')
  const [deliveries, contactPoints, related] = await Promise.all([
    readDeliveries(warehouse, { store_id, incident_id }, asked),
    readSettings(warehouse, 'contact_point', { store_id }),
    relatedTo(world, newest, language),
  ])
  const names = new Map(contactPoints.map(({ id, value }) => [id, value.name]))
  const { value } = newest
  const now = new Date()
  const { series } = await soon({
    series: panel(log, 'incident', incidentPoints(warehouse, { store, incident_id, incident: value, now }, asked)),
  })
  const [row] = incidentRows([newest], language)
  if (!row) error(404)
  return {
    now: now.toISOString(),
    incident: { ...row, members: related.filter(({ group }) => group === incident_id).length },
    explanation: value.explanation && {
      ...value.explanation,
      playbook: value.explanation.playbook.map((line) => line[language]),
      causes: value.explanation.causes.map((cause) => ({
        ...cause,
        slices: cause.slices.map((one) => tellSlice(one, language)),
      })),
    },
    day: dayOf(value, time_zone, language),
    comments: value.comments,
    timeline: timelineOf(timeline, deliveries, names),
    related,
    series,
    morning: nextMorning(now, time_zone).toISOString(),
  }
}
