import type { Setting } from '@guanlan/warehouse/settings/read'

/** A contact point that could not be told of something. */
export interface Unreached {
  contact_point_id: string
  name: string
  incident_id: string
  /** How many notifications were given up. */
  count: number
  error: string
  at: string
}

interface GivenUp {
  incident_id: string
  contact_point_id: string
  error: string
  at: string
}

/**
 * Whom notifications were given up for and who has not been reached since. One that is switched off or is no more needs
 * no mending.
 * @param givenUp newest first
 */
export function stillUnreached(
  givenUp: readonly GivenUp[],
  known: {
    attempts: readonly { contact_point_id: string; ok_at: string }[]
    contactPoints: readonly Pick<Setting<'contact_point'>, 'id' | 'value'>[]
  },
): Unreached[] {
  const reachedAt = new Map(known.attempts.map(({ contact_point_id, ok_at }) => [contact_point_id, Date.parse(ok_at)]))
  return known.contactPoints.flatMap(({ id, value: { name, enabled } }) => {
    const since = reachedAt.get(id) ?? Number.NEGATIVE_INFINITY
    const missed = givenUp.filter(({ contact_point_id, at }) => contact_point_id === id && Date.parse(at) > since)
    const [newest] = missed
    if (!enabled || !newest) return []
    const { incident_id, error, at } = newest
    return [{ ...{ contact_point_id: id, name, incident_id, error, at }, count: missed.length }]
  })
}
