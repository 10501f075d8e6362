import { announceChanged } from '@guanlan/jobs/changed'
import { wake } from '@guanlan/jobs/queues'
import { type Action, ActionRefused, act } from '@guanlan/warehouse/alerts/act'
import type { IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { readIncidents, readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { recipientsOf } from '@guanlan/warehouse/alerts/recipients'
import { IncidentConflict, writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { LockTimeout } from '@guanlan/warehouse/settings/under-lock'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../connections.ts'
import { queueOf } from '../health/queues.ts'
import type { Refusal } from '../settings/refusal.ts'
import type { NamedStore } from '../stores.ts'
import { overtaken } from './overtaken.ts'
import { forgetIncidents } from './recent-incidents.ts'

interface Change {
  store: NamedStore
  incident_id: string
  action: Action
  /** Who does it: an e-mail address; of a link the contact point that got it. */
  by: string
  /** The version that was on screen; a link is of none. */
  seen?: number
  /** Of the link it is done by. */
  nonce?: string
  /** When it is done; now unless told. */
  at?: Date
}

/** Why a change was not made, and by whom it was overtaken. */
export interface NotChanged extends Refusal {
  code: 'gone' | 'changed' | 'busy' | ActionRefused['code']
}

/** The watch writes every minute, and a lost race is run again. */
const tries = 5

const refusals: Record<ActionRefused['code'], (by: string) => string> = {
  already_acknowledged: (by) => m.alerts_refused_acknowledged({ by }),
  not_acknowledged: () => m.alerts_refused_not_acknowledged(),
  already_resolved: () => m.alerts_refused_resolved(),
  link_used: () => m.alerts_refused_link_used(),
}

/** The incident after it, or why it makes no sense as the incident stands. */
function acted({ value }: IncidentVersion, { action, by, nonce }: Change, at: Date) {
  try {
    return act(value, action, { by, at, ...(nonce && { nonce }) })
  } catch (error) {
    if (!(error instanceof ActionRefused)) throw error
    return { code: error.code, message: refusals[error.code](value.acknowledged?.by ?? '') }
  }
}

function conflictWith({ version, transition, actor }: IncidentVersion, newest: IncidentVersion): NotChanged {
  const by = actor
  const told =
    transition === 'owned'
      ? m.alerts_conflict_owned({ by, owner: newest.value.owner || m.alerts_nobody() })
      : transition === 'silenced'
        ? m.alerts_conflict_silenced({ by })
        : transition === 'rated'
          ? m.alerts_conflict_rated({ by })
          : transition === 'acknowledged'
            ? m.alerts_conflict_acknowledged({ by })
            : m.alerts_conflict({ by })
  return { code: 'changed', message: told, version: Math.max(version, newest.version) }
}

async function attempt(change: Change): Promise<IncidentVersion | NotChanged> {
  const { store, incident_id, action, by, seen } = change
  const { warehouse, redis } = connections()
  const { store_id, time_zone: timeZone } = store
  const timeline = await readTimeline(warehouse, { store_id, incident_id })
  const newest = timeline.at(-1)
  if (!newest) return { code: 'gone', message: m.alerts_refused_gone() }
  const other = seen === undefined ? undefined : overtaken(timeline, { action, seen, by })
  if (other) return conflictWith(other, newest)
  const at = change.at ?? new Date()
  const done = acted(newest, change, at)
  if ('code' in done) return done
  const { value, transition } = done
  const [[rule], contactPoints, silences] = await Promise.all([
    readSettings(warehouse, 'rule', { store_id, id: value.rule.id }),
    readSettings(warehouse, 'contact_point', { store_id }),
    readSettings(warehouse, 'silence', { store_id }),
  ])
  const told = [...new Set(timeline.flatMap(({ notify }) => notify))]
  const notify = recipientsOf(
    { incident: value, transition, told },
    { rule, contactPoints, silences },
    { at, timeZone },
  )
  const read_version = newest.version
  return writeIncident({ warehouse, redis }, { store_id, incident_id, read_version, transition, value, notify, actor: by, at }) // biome-ignore format: one call
}

/** Every process looks again, and who must hear of it does. Losing Redis costs seconds: the jobs look by themselves. */
function tell(store_id: string): void {
  const { redis, log } = connections()
  forgetIncidents()
  const told = [
    announceChanged(redis, { store_id, what: 'incidents' }),
    wake(queueOf(redis, 'deliver'), store_id, { delayMs: 0 }),
  ]
  Promise.all(told).catch((error: unknown) => log.warn({ err: error }, 'others were not told of a changed incident'))
}

/**
 * Does something to an incident for somebody; the only way the dashboard changes one. Whether they may, the caller has
 * asked. What the watch writes meanwhile is written on; what other people did and this would undo is a conflict.
 * @returns the version written, or why not
 */
export async function changeIncident(change: Change): Promise<IncidentVersion | NotChanged> {
  const at = new Date()
  const before = change.action.do === 'release' ? await newestOf(change) : undefined
  const done = await persist({ ...change, at })
  if ('code' in done) return done
  await changeMembers({ ...change, at }, before?.value.acknowledged?.at)
  tell(change.store.store_id)
  return done
}

async function newestOf({ store: { store_id }, incident_id }: Change): Promise<IncidentVersion | undefined> {
  return (await readTimeline(connections().warehouse, { store_id, incident_id })).at(-1)
}

/**
 * Who is at an incident is at those that follow from it: acknowledging goes on to all that nobody is at yet, giving it back
 * to those that were acknowledged with it.
 * @param since when the incident had been acknowledged
 */
async function changeMembers({ store, incident_id, action, by, at }: Change, since: string | undefined): Promise<void> {
  if (action.do !== 'acknowledge' && action.do !== 'release') return
  const { warehouse, log } = connections()
  const open = await readIncidents(warehouse, { store_id: store.store_id, states: ['open', 'acknowledged'] })
  const members = open.filter(
    ({ value: { group, state, acknowledged } }) =>
      group === incident_id && (action.do === 'acknowledge' ? state === 'open' : acknowledged?.at === since),
  )
  const told = await Promise.all(
    members.map((member) => persist({ store, incident_id: member.incident_id, action, by, ...(at && { at }) })),
  )
  // One that is over meanwhile, or that somebody else has taken, is as it should be.
  for (const one of told) if ('code' in one && one.code === 'busy') log.warn({ incident_id }, 'one of a group stays')
}

/** Tries until nobody else writes at the same moment. */
async function persist(change: Change): Promise<IncidentVersion | NotChanged> {
  for (let left = tries; left > 0; left--) {
    try {
      return await attempt(change)
    } catch (error) {
      if (error instanceof LockTimeout) break
      if (!(error instanceof IncidentConflict)) throw error
    }
  }
  return { code: 'busy', message: m.alerts_refused_busy() }
}
