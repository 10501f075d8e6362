import type { Explanation, Incident, IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { recipientsOf } from '@guanlan/warehouse/alerts/recipients'
import { writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import type { Store } from '@guanlan/warehouse/queries/store'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { announceChanged } from '../../changed.ts'
import type { World } from '../../world.ts'
import type { Change } from './book.ts'
import type { Rule } from './series.ts'

/** Says why an incident opened: money, parts and what else changed; null where nothing can be said. */
export type Explain = (world: World, store: Store, incident: Incident, now: number) => Promise<Explanation | null>

const actor = 'watch'

async function explained(
  world: World,
  store: Store,
  change: Change,
  { explain, now }: { explain: Explain; now: number },
) {
  const { value, transition } = change
  const isNew = transition === 'opened' || transition === 'reopened'
  if (!isNew || value.group || value.finding === 'data_stopped') return value
  try {
    return { ...value, explanation: (await explain(world, store, value, now)) ?? value.explanation }
  } catch (error) {
    // An alarm without a reason is better than none.
    world.log.error({ err: error, store_id: store.store_id, rule: value.rule.id }, 'an incident could not be explained')
    return value
  }
}

/**
 * Writes what became of incidents, each with whom it must reach, and wakes the delivery. Told first is what leads a group.
 * @throws IncidentConflict when somebody changed one meanwhile: the run is done again
 */
export async function writeChanges(
  world: World,
  store: Store,
  changes: readonly Change[],
  { rules, now, explain, prove }: { rules: readonly Rule[]; now: number; explain: Explain; prove: () => Promise<void> },
): Promise<IncidentVersion[]> {
  if (changes.length === 0) return []
  const { warehouse, redis } = world
  const { store_id, time_zone } = store
  const [contactPoints, silences] = await Promise.all([
    readSettings(warehouse, 'contact_point', { store_id }),
    readSettings(warehouse, 'silence', { store_id }),
  ])
  const written: IncidentVersion[] = []
  for (const change of changes.toSorted((a, b) => Number(a.value.group !== null) - Number(b.value.group !== null))) {
    const value = await explained(world, store, change, { explain, now })
    const { incident_id, read_version, transition } = change
    const timeline = read_version > 0 ? await readTimeline(warehouse, { store_id, incident_id }) : []
    const told = [...new Set(timeline.flatMap(({ notify }) => notify))]
    const rule = rules.find(({ id }) => id === value.rule.id)
    const notify = recipientsOf(
      { incident: value, transition, told },
      { rule, contactPoints, silences },
      { at: new Date(now), timeZone: time_zone },
    )
    await prove()
    const at = new Date(now)
    written.push(await writeIncident(world, { store_id, incident_id, read_version, transition, value, notify, actor, at })) // biome-ignore format: one write
  }
  await announceChanged(redis, { store_id, what: 'incidents' })
  if (written.some(({ notify }) => notify.length > 0)) await world.wake('deliver', store_id, { delayMs: 0 })
  return written
}
