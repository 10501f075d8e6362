import { DateTime } from 'luxon'
import type { Setting } from '../settings/read.ts'
import { type Incident, type Transition, toldTransitions } from './incident.ts'

type Silence = Setting<'silence'>
type ContactPoint = Setting<'contact_point'>
type Rule = Setting<'rule'>

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** Whether a moment lies in quiet hours, which may go past midnight and then belong to the day they began on. */
function inHours(hours: NonNullable<Silence['value']['hours']>, at: Date, timeZone: string): boolean {
  const local = DateTime.fromJSDate(at, { zone: timeZone })
  const now = local.hour * 60 + local.minute
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)]
  if (from < to) return now >= from && now < to && hours.weekdays.includes(local.weekday)
  if (now >= from) return hours.weekdays.includes(local.weekday)
  return now < to && hours.weekdays.includes(local.minus({ days: 1 }).weekday)
}

/** The silence that an incident falls under at a moment, if any. */
export const silenceOf = (
  silences: readonly Silence[],
  incident: Pick<Incident, 'rule' | 'slice'>,
  at: Date,
  timeZone: string,
): Silence | undefined =>
  silences.find(({ value: { rules, slice, starts_at, ends_at, hours } }) => {
    if (rules.length > 0 && !rules.includes(incident.rule.id)) return false
    if (slice && (incident.slice?.dimension !== slice.dimension || incident.slice.value !== slice.value)) return false
    if (+at < Date.parse(starts_at) || +at >= Date.parse(ends_at)) return false
    return !hours || inHours(hours, at, timeZone)
  })

/**
 * Whom a transition is told to, by id of contact point. Who was told that it opened hears the rest too, also when a
 * silence began meanwhile: nobody is left with an alarm that never ends.
 * @param told who was told of it before
 */
export function recipientsOf(
  { incident, transition, told }: { incident: Incident; transition: Transition; told: readonly string[] },
  { rule, contactPoints, silences }: { rule: Rule | undefined; contactPoints: ContactPoint[]; silences: Silence[] },
  { at, timeZone }: { at: Date; timeZone: string },
): string[] {
  if (!(toldTransitions as readonly string[]).includes(transition) || incident.group) return []
  const usable = contactPoints.filter(({ value }) => value.enabled)
  const known = new Set(usable.map(({ id }) => id))
  if (['resolved', 'acknowledged', 'released'].includes(transition)) return told.filter((id) => known.has(id))
  const isQuiet = incident.silenced_until !== null && Date.parse(incident.silenced_until) > +at
  if (isQuiet || silenceOf(silences, incident, at, timeZone)) return []
  const named = rule?.value.notify ?? []
  const first = named.length > 0 ? named : usable.filter(({ value }) => value.is_default).map(({ id }) => id)
  const wanted = transition === 'escalated' ? [...(rule?.value.escalate?.notify ?? []), ...told, ...first] : first
  return [...new Set(wanted)].filter((id) => known.has(id))
}
