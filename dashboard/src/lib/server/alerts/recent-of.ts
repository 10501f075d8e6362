import type { IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { lossOf } from '@guanlan/warehouse/alerts/loss-of'
import { metrics } from '@guanlan/warehouse/metrics/catalog'
import { byUrgency } from '#lib/alerts/how-much.ts'
import type { RecentIncident } from '#lib/alerts/recent-incident.ts'
import type { Language } from '#lib/format/intl.ts'
import { valueLabel } from '../words.ts'

/** Incidents as every page of a store knows them, what hurts most first. */
export const recentOf = (incidents: readonly IncidentVersion[], language: Language): RecentIncident[] =>
  incidents
    .map(
      ({
        incident_id,
        value: { metric, slice, severity, state, began_at, resolved_at, group, finding, value, explanation },
      }) => {
        const label = metrics[metric].label[language]
        return {
          ...{ id: incident_id, metric, severity, state, began_at, resolved_at, group, finding, value },
          subject: slice ? `${label} · ${valueLabel(slice.dimension, slice.value, language) || '–'}` : label,
          isWhole: slice === null,
          loss: lossOf(explanation),
        }
      },
    )
    .sort(byUrgency)
