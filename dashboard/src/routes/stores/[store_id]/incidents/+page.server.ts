import { readIncidents } from '@guanlan/warehouse/alerts/read-incidents'
import { ruleName } from '@guanlan/warehouse/alerts/rule-name'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import { periodOf, toParam } from '@guanlan/warehouse/queries/period'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { byUrgency } from '#lib/alerts/how-much.ts'
import { incidentViewOf } from '#lib/alerts/incident-view.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { incidentRows } from '#lib/server/alerts/incident-rows.ts'
import { recentIncidents } from '#lib/server/alerts/recent-incidents.ts'
import { incidentsEndpoint } from '#lib/server/api/incidents-endpoint.ts'
import { pageWorld, questionOf } from '#lib/server/ask.ts'
import { headOf, viewOf } from '#lib/server/view.ts'

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:incidents', 'store:settings')
  const { store } = await parent()
  const { store_id } = store
  const { warehouse, asked } = pageWorld(locals.asker, store)
  const view = viewOf(store, url)
  const { state, rule, metric } = incidentViewOf(view.params)
  const { from, to } = periodOf([view.period.from, view.period.to], store.time_zone)
  const language = getLocale()
  const which = { store_id, ...(rule && { rule_id: rule }), ...(metric && { metric }) }
  const [recent, over, rules] = await Promise.all([
    recentIncidents(warehouse, store_id),
    state === 'open'
      ? []
      : readIncidents(warehouse, { ...which, states: ['resolved'], from: toParam(from), to: toParam(to) }, asked),
    readSettings(warehouse, 'rule', { store_id }),
  ])
  const isMeant = ({ value }: (typeof recent)[number]) =>
    value.state !== 'resolved' && (!rule || value.rule.id === rule) && (!metric || value.metric === metric)
  const rows = incidentRows([...(state === 'resolved' ? [] : recent.filter(isMeant)), ...over], language)
  const open = rows.filter((row) => row.state !== 'resolved').sort(byUrgency)
  const watched = [...new Set([...rules.map(({ value }) => value.metric), ...recent.map(({ value }) => value.metric)])]
  return {
    head: { period: headOf(view, url).period },
    view: { state, rule, metric },
    now: view.now.toISOString(),
    // Those that are told with another stand on its page, unless they are what was asked for.
    open: open.filter(({ group }) => rule || metric || !open.some(({ id }) => id === group)),
    over: rows.filter((row) => row.state === 'resolved'),
    rules: rules.map(({ id, value }) => ({ value: id, label: ruleName(value.name, language) })),
    metrics: watched.map((name: MetricName) => ({ value: name, label: metrics[name].label[language] })),
    question: questionOf(incidentsEndpoint, {
      ...{ store_id, from: view.period.from, to: view.period.to },
      ...(state === 'resolved' && { state }),
      ...(rule && { rule_id: rule }),
      ...(metric && { metric: metric as MetricName }),
    }),
  }
}
