import { idempotencyKey, type Waiting } from '@guanlan/warehouse/alerts/outbox'

/** What one contact point is told of one incident at once: one version, or several in a row that had to wait. */
export interface Letter {
  incident_id: string
  /** As the incident names it. */
  contact_point_id: string
  /** Who is to get it. */
  target: string
  /** Oldest first. */
  versions: [Waiting, ...Waiting[]]
  newest: Waiting
  /** Of the newest: a copy that tells more than the first has another key, or a receiver would drop what is new in it. */
  key: string
  /** Of the message that took it, of which nobody knows whether it arrived; '' otherwise. */
  takenBy: string
}

/** Letters that one message tells. */
export type Parcel = readonly [Letter, ...Letter[]]

const ranks = { critical: 0, warning: 1, info: 2 } as const

function letterOf(versions: [Waiting, ...Waiting[]]): Letter {
  const newest = versions.at(-1) ?? versions[0]
  const { incident_id, contact_point_id } = newest
  return {
    incident_id,
    contact_point_id,
    target: versions[0].target,
    versions,
    newest,
    key: idempotencyKey(newest),
    takenBy: versions[0].message_key,
  }
}

/**
 * What is due, by contact point and incident. An incident whose oldest version is not due yet waits as a whole, so that
 * nobody hears that it is over before they hear that it began. What one message took stays together, and apart from what
 * came since: should it be told twice, it is by a copy. The most severe comes first, then the oldest.
 */
export function lettersOf(waiting: readonly Waiting[], now: Date): Letter[] {
  const groups = Map.groupBy(waiting, ({ contact_point_id, incident_id }) => `${contact_point_id}\n${incident_id}`)
  const letters = [...groups.values()].flatMap((group) => {
    const ordered = group.toSorted((a, b) => a.incident_version - b.incident_version)
    const held = ordered.findIndex(({ next_at }) => Date.parse(next_at) > +now)
    const [first, ...rest] = held === -1 ? ordered : ordered.slice(0, held)
    if (!first) return []
    const other = rest.findIndex(({ message_key }) => message_key !== first.message_key)
    return [letterOf([first, ...(other === -1 ? rest : rest.slice(0, other))])]
  })
  const place = ({ versions, newest }: Letter) => [ranks[newest.value.severity], Date.parse(versions[0].at)] as const
  return letters.toSorted((a, b) => place(a)[0] - place(b)[0] || place(a)[1] - place(b)[1])
}

/** Each version by itself, in order: for receivers that are programs. */
export const apart = (letters: readonly Letter[]): Letter[] =>
  letters.flatMap(({ versions }) => versions.map((version) => letterOf([version])))

/** How many letters a message tells at most: so many lines are read, and fit into every receiver's. */
const mostInMessage = 15

/**
 * Letters as messages. First those that a message took before, as that was; then each its own while there is room, and
 * what exceeds it in as few as can be.
 */
export function parcelsOf(letters: readonly Letter[], room: number, isMerged: boolean): Parcel[] {
  const taken = Map.groupBy(letters, ({ takenBy }) => takenBy)
  const fresh = taken.get('') ?? []
  taken.delete('')
  const copies = [...taken.values()].slice(0, room)
  const left = room - copies.length
  const over = Math.max(0, fresh.length - left)
  const digests = isMerged ? Math.min(left, Math.ceil(over / (mostInMessage - 1))) : 0
  const single = fresh.slice(0, left - digests).map((letter) => [letter])
  const merged = Array.from({ length: digests }, (_, at) => {
    const from = left - digests + at * mostInMessage
    return fresh.slice(from, from + mostInMessage)
  })
  return [...copies, ...single, ...merged].flatMap(([first, ...others]) => (first ? [[first, ...others] as const] : []))
}
