import type { IncidentVersion, Transition } from '@guanlan/warehouse/alerts/incident'
import type { readDeliveries } from '@guanlan/warehouse/alerts/read-attempts'

type Row = Awaited<ReturnType<typeof readDeliveries>>[number]

/** How far a contact point has been told of a version. */
interface Delivery {
  contact_point_id: string
  name: string
  status: Row['status'] | 'waiting'
  /** Who took it in its stead. */
  fallback: string | null
  attempts: number
  error: string
  at: string | null
  next_at: string | null
}

/** Something that happened to an incident, and who was told of it. */
export interface TimelineEntry {
  version: number
  transition: Transition
  actor: string
  at: string
  /** What belongs to it: a comment, an owner, until when it is silent, a rating. */
  text: string
  deliveries: Delivery[]
  /** So many updates of the watch follow one another. */
  times: number
}

function textOf({ transition, value }: IncidentVersion): string {
  if (transition === 'commented') return value.comments.at(-1)?.text ?? ''
  if (transition === 'owned') return value.owner
  if (transition === 'silenced') return value.silenced_until ?? ''
  if (transition === 'rated') return value.feedback ?? ''
  return ''
}

const waiting = { status: 'waiting', fallback: null, attempts: 0, error: '', at: null, next_at: null } as const

/**
 * What happened to an incident, newest first; of updates that follow each other the last stands for all.
 * @param versions oldest first
 * @param names of contact points, by id; who is no more is told by id
 */
export function timelineOf(
  versions: readonly IncidentVersion[],
  rows: readonly Row[],
  names: ReadonlyMap<string, string>,
): TimelineEntry[] {
  const nameOf = (id: string) => names.get(id) ?? id
  const deliveryTo = (version: number, id: string): Delivery => {
    const row = rows.find((each) => each.incident_version === version && each.contact_point_id === id)
    const told = { contact_point_id: id, name: nameOf(id) }
    if (!row) return { ...told, ...waiting }
    const { status, reached, attempts, error, at, next_at } = row
    const fallback = reached && reached !== id ? nameOf(reached) : null
    return { ...told, status, fallback, attempts, error, at, next_at: status === 'retrying' ? next_at : null }
  }
  const entries = versions.map(
    (one): TimelineEntry => ({
      ...{
        version: one.version,
        transition: one.transition,
        actor: one.actor,
        at: one.at,
        text: textOf(one),
        times: 1,
      },
      deliveries: [...new Set(one.notify)].map((id) => deliveryTo(one.version, id)),
    }),
  )
  const told: TimelineEntry[] = []
  for (const entry of entries.reverse()) {
    const last = told.at(-1)
    if (last?.transition === 'updated' && entry.transition === 'updated') last.times++
    else told.push(entry)
  }
  return told
}
