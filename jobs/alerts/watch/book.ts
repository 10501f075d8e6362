import { createHash } from 'node:crypto'
import type { Explanation, Incident, IncidentVersion, Transition } from '@guanlan/warehouse/alerts/incident'
import { groupOf } from './group.ts'
import type { Judged } from './judged.ts'
import { keyOf, type Rule, type Series } from './series.ts'

/** What the new settled buckets of one series came to. */
export interface Outcome {
  series: Series
  last: Judged
  /** The bucket that raised an alarm, when one did. */
  opened?: Judged | undefined
  explanation?: Explanation
}

/** The next version of an incident, to be written. */
export interface Change {
  incident_id: string
  read_version: number
  transition: Transition
  value: Incident
}

const minuteMs = 60_000
/** What comes back so soon is the same incident again. */
const reopenMs = 30 * minuteMs
const updateMs = 5 * minuteMs
const laterUpdateMs = 30 * minuteMs
const youngMs = 3_600_000
/** Calm buckets wanted before it is over: three, and more each time that it came back. */
const calmWanted = (reopened: number) => (reopened < 2 ? 3 : Math.min(30, 3 * 2 ** reopened))

const iso = (at: number) => new Date(at).toISOString()
const idOf = (series: Series, end: number) =>
  createHash('sha256')
    .update(`${keyOf(series)} ${end}`)
    .digest('base64url')
    .slice(0, 16)

const numbersOf = ({ end, value, expected, lower, upper }: Judged): Incident['value'] => ({
  at: iso(end),
  ...{ expected, lower, upper, actual: value },
})

const ruleOf = ({ id, version, value }: Rule): Incident['rule'] => ({ id, version, name: value.name })

const isOf = ({ rule, slice }: Series, { value }: IncidentVersion) =>
  value.rule.id === rule.id && (value.slice?.value ?? '') === (slice?.value ?? '')

function newIncident({ series, explanation }: Outcome, { opened, ...bucket }: Judged): Incident {
  const { rule, slice } = series
  const { metric, grain, severity, owner } = rule.value
  return {
    ...{ rule: ruleOf(rule), metric, grain, slice, severity, owner },
    finding: opened?.finding ?? 'drop',
    state: 'open',
    opened_at: iso(bucket.end),
    began_at: iso(opened?.began ?? bucket.start),
    ...{ acknowledged: null, escalated_at: null, silenced_until: null, resolved_at: null, reopened: 0, group: null },
    value: numbersOf({ ...bucket, opened }),
    explanation: explanation ?? null,
    ...{ comments: [], feedback: null, links_used: [] },
  }
}

function openingOf(outcome: Outcome, current: IncidentVersion | undefined): Change | undefined {
  const { opened, series } = outcome
  if (!opened || (current && current.value.state !== 'resolved')) return undefined
  const incident_id = idOf(series, opened.end)
  const resolvedAt = Date.parse(current?.value.resolved_at ?? '')
  if (current && opened.end - resolvedAt <= reopenMs) {
    const { value, version: read_version } = current
    // Played again after it was written already; or the data are still away of which somebody has said that it is over.
    const isKnown =
      opened.end <= resolvedAt || (opened.opened?.finding === 'data_stopped' && opened.opened.began < resolvedAt)
    if (isKnown) return undefined
    const reopened = { ...value, state: 'open' as const, reopened: value.reopened + 1, value: numbersOf(opened) }
    // It was escalated once, or is for not having been acknowledged since it first opened.
    const again = { resolved_at: null, acknowledged: null }
    const reread = { ...reopened, ...again, explanation: outcome.explanation ?? value.explanation }
    return { incident_id: current.incident_id, read_version, transition: 'reopened', value: reread }
  }
  if (current?.incident_id === incident_id) return undefined
  return { incident_id, read_version: 0, transition: 'opened', value: newIncident(outcome, opened) }
}

function progressOf({ last }: Outcome, current: IncidentVersion, now: number): Change | undefined {
  const { incident_id, version: read_version, value } = current
  const change = (transition: Transition, next: Incident): Change => ({
    ...{ incident_id, read_version, transition },
    value: { ...next, value: numbersOf(last) },
  })
  if (!last.open && last.calm >= calmWanted(value.reopened)) {
    return change('resolved', { ...value, state: 'resolved', resolved_at: iso(last.end) })
  }
  const isYoung = now - Date.parse(value.opened_at) < youngMs
  const isDue = last.end - Date.parse(value.value.at) >= (isYoung ? updateMs : laterUpdateMs)
  // A bucket without data says nothing of how it stands.
  const isKnown = last.value !== null && [last.expected, last.lower, last.upper].some((one) => one !== null)
  return isDue && isKnown ? change('updated', value) : undefined
}

const isEscalationDue = ({ value }: IncidentVersion, rule: Rule, now: number) =>
  value.state === 'open' &&
  value.escalated_at === null &&
  value.group === null &&
  rule.value.escalate !== undefined &&
  now - Date.parse(value.opened_at) >= rule.value.escalate.after_minutes * minuteMs

/**
 * What is to be written of incidents after a run: openings, each in the group of what it follows from, and how the open
 * ones go on. Pure.
 * @param incidents of the store, open or resolved lately
 */
export function bookOf(
  outcomes: readonly Outcome[],
  incidents: readonly IncidentVersion[],
  { rules, now }: { rules: readonly Rule[]; now: number },
): Change[] {
  const newest = [...incidents].sort((a, b) => b.value.opened_at.localeCompare(a.value.opened_at))
  const openings: Change[] = []
  const changes: Change[] = []
  for (const outcome of outcomes) {
    const current = newest.find((incident) => isOf(outcome.series, incident))
    const opening = openingOf(outcome, current)
    if (opening) openings.push(opening)
    else if (current && current.value.state !== 'resolved') {
      const progress = progressOf(outcome, current, now)
      if (progress) changes.push(progress)
    }
  }
  const touched = new Set(changes.map(({ incident_id }) => incident_id))
  for (const incident of newest) {
    const { incident_id, version: read_version, value } = incident
    if (value.state === 'resolved' || touched.has(incident_id)) continue
    const rule = rules.find(({ id }) => id === value.rule.id)
    if (!rule) {
      const resolved = { ...value, state: 'resolved' as const, resolved_at: iso(now) }
      changes.push({ incident_id, read_version, transition: 'resolved', value: resolved })
    } else if (isEscalationDue(incident, rule, now)) {
      changes.push({ incident_id, read_version, transition: 'escalated', value: { ...value, escalated_at: iso(now) } })
    }
  }
  const open = newest.filter(({ value, incident_id }) => value.state !== 'resolved' && !touched.has(incident_id))
  return [...groupOf(openings, open), ...changes]
}
