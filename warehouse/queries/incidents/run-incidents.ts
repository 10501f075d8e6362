import type { IncidentVersion } from '../../alerts/incident.ts'
import { lossOf } from '../../alerts/loss-of.ts'
import { readIncidents } from '../../alerts/read-incidents.ts'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { periodOf, toIso, toParam } from '../period.ts'
import type { Store } from '../store.ts'
import { type IncidentsAnswer, type IncidentsRequest, incidentsRequest } from './contract.ts'

function told({ incident_id, version, value }: IncidentVersion): IncidentsAnswer['results'][number] {
  const { rule, metric, grain, slice, finding, severity, state, explanation } = value
  const [cause] = explanation?.causes ?? []
  const loss = lossOf(explanation)
  return {
    ...{ incident_id, version, rule_id: rule.id, rule: rule.name, metric, grain },
    ...{ dimension: slice?.dimension ?? null, value: slice?.value ?? null },
    ...{ finding, severity, state, began_at: value.began_at, opened_at: value.opened_at },
    ...{ resolved_at: value.resolved_at, expected: value.value.expected, actual: value.value.actual },
    ...{ money_lost: loss?.so_far ?? null, money_lost_per_hour: loss?.per_hour ?? null },
    cause: cause?.slices.map((one) => `${one.dimension}=${one.value}`).join(' & ') ?? null,
    ...{ cause_share: cause?.share ?? null, data_trouble: explanation?.data_trouble ?? null, owner: value.owner },
    ...{ acknowledged_by: value.acknowledged?.by ?? null, acknowledged_at: value.acknowledged?.at ?? null },
    ...{ feedback: value.feedback, group: value.group, reopened: value.reopened },
  }
}

/**
 * Incidents that were open at any moment of a period, as they stand now.
 * @throws QueryError when the period is empty
 */
export async function runIncidents(
  warehouse: Warehouse,
  store: Store,
  request: IncidentsRequest,
  asked: Asked = {},
): Promise<IncidentsAnswer> {
  const { from, to, state, rule_id, metric, limit } = incidentsRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const { store_id, time_zone, currency } = store
  const found = await readIncidents(
    warehouse,
    {
      ...{ store_id, from: toParam(period.from), to: toParam(period.to), limit },
      ...(state && { states: [state] }),
      ...(rule_id && { rule_id }),
      ...(metric && { metric }),
    },
    asked,
  )
  return { results: found.map(told), meta: { time_zone, currency, from: toIso(period.from), to: toIso(period.to) } }
}
