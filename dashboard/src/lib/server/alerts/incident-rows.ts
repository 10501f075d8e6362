import type { Incident, IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { lossOf } from '@guanlan/warehouse/alerts/loss-of'
import { ruleName } from '@guanlan/warehouse/alerts/rule-name'
import { dimensions } from '@guanlan/warehouse/metrics/dimensions'
import type { IncidentRow, Slice } from '#lib/alerts/incident-row.ts'
import type { Language } from '#lib/format/intl.ts'
import { metricWords, valueLabel } from '../words.ts'

/** A slice with the names that people know it by. */
export const tellSlice = ({ dimension, value }: NonNullable<Incident['slice']>, language: Language): Slice => ({
  ...{ dimension, value, dimension_label: dimensions[dimension].label[language] },
  label: valueLabel(dimension, value, language),
})

function rowOf({ incident_id, version, value }: IncidentVersion, members: number, language: Language): IncidentRow {
  const { metric, slice, explanation, comments: _, links_used: __, ...told } = value
  const [cause] = explanation?.causes ?? []
  return {
    ...told,
    ...{ id: incident_id, version, members },
    rule: { ...value.rule, name: ruleName(value.rule.name, language) },
    metric: metricWords([metric], language)[metric],
    slice: slice && tellSlice(slice, language),
    loss: lossOf(explanation),
    cause: cause ? { slices: cause.slices.map((one) => tellSlice(one, language)), share: cause.share } : null,
    data_trouble: explanation?.data_trouble ?? null,
  }
}

/** Incidents as pages tell them, in a language; each knows how many of the others belong to it. */
export function incidentRows(incidents: readonly IncidentVersion[], language: Language): IncidentRow[] {
  const members = Map.groupBy(incidents, ({ value }) => value.group ?? '')
  return incidents.map((one) => rowOf(one, members.get(one.incident_id)?.length ?? 0, language))
}
