import { readIncidents } from '@guanlan/warehouse/alerts/read-incidents'
import { ruleName } from '@guanlan/warehouse/alerts/rule-name'
import { metrics } from '@guanlan/warehouse/metrics/catalog'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Language } from '#lib/format/intl.ts'
import { connections } from '../../connections.ts'
import { dimensionLabel } from '../../words.ts'
import { quieter } from './quieter.ts'
import { ruleRecord } from './rule-record.ts'

const recordDays = 28
const dayMs = 24 * 3600_000

/** The rules of a store and how each has done in the last 28 days, those that are on first. */
export async function listRules(store_id: string, language: Language) {
  const { warehouse } = connections()
  const since = new Date(Date.now() - recordDays * dayMs).toISOString()
  const [settings, incidents] = await Promise.all([
    readSettings(warehouse, 'rule', { store_id }),
    readIncidents(warehouse, { store_id, from: since.replace('T', ' ').slice(0, 23) }),
  ])
  const opened = incidents.filter(({ value }) => value.opened_at >= since)
  const byRule = Map.groupBy(opened, ({ value }) => value.rule.id)
  const rules = settings.map(({ id, version, value }) => {
    const record = ruleRecord((byRule.get(id) ?? []).map((one) => one.value))
    const proposed = record.isNoisy ? quieter(value) : undefined
    return {
      ...{ ...value, id, version, record, name: ruleName(value.name, language) },
      metric_label: metrics[value.metric].label[language],
      unit: metrics[value.metric].unit,
      by_label: value.by ? dimensionLabel(value.by, language) : null,
      proposed: proposed?.condition ?? null,
    }
  })
  return rules.sort((a, b) => Number(b.enabled) - Number(a.enabled) || a.name.localeCompare(b.name))
}
export type ListedRule = Awaited<ReturnType<typeof listRules>>[number]
