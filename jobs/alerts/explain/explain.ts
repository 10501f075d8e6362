import type { Explanation, Incident } from '@guanlan/warehouse/alerts/incident'
import type { Store } from '@guanlan/warehouse/queries/store'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { World } from '../../world.ts'
import { explainIncident } from './explain-incident.ts'

/** Explains an incident of the watch by the filters that its rule has now; of a rule that is gone, by none. */
export async function explain(
  { warehouse, signal }: World,
  store: Store,
  incident: Incident,
  now: number,
): Promise<Explanation> {
  const { store_id } = store
  const [rule] = await readSettings(warehouse, 'rule', { store_id, id: incident.rule.id })
  const until = new Date(incident.resolved_at ?? now)
  return explainIncident(
    warehouse,
    { store, incident, filters: rule?.value.filters ?? [], until },
    { by: 'watch', signal },
  )
}
