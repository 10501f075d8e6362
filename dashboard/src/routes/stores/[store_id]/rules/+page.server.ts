import { metricNames, metrics } from '@guanlan/warehouse/metrics/catalog'
import { slicesOf } from '@guanlan/warehouse/queries/query/plan'
import { ruleGrains, severities, watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { listRules } from '#lib/server/alerts/rules/list-rules.ts'
import { quieter } from '#lib/server/alerts/rules/quieter.ts'
import { readRule } from '#lib/server/alerts/rules/read-rule.ts'
import { may } from '#lib/server/auth/permissions.ts'
import { connections } from '#lib/server/connections.ts'
import { changeSetting, permitted } from '#lib/server/settings/change-setting.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { answer, readForm, refuse } from '#lib/server/settings/form.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'
import { undoChange } from '#lib/server/settings/undo-change.ts'
import { dimensionLabel } from '#lib/server/words.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings', 'store:incidents')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  const language = getLocale()
  const changes = may(locals.asker, 'change_rules', store_id)
  const contactPoints = changes ? await readSettings(connections().warehouse, 'contact_point', { store_id }) : []
  return {
    rules: await listRules(store_id, language),
    contact_points: contactPoints.map(({ id, value: { name, is_default } }) => ({ id, name, is_default })),
    metrics: changes
      ? metricNames.map((name) => ({
          ...{ name, label: metrics[name].label[language], unit: metrics[name].unit },
          slices: watchedSlices.filter((slice) => (slicesOf(name) as readonly string[]).includes(slice)),
        }))
      : [],
    slices: watchedSlices.map((name) => ({ name, label: dimensionLabel(name, language) })),
    grains: ruleGrains,
    severities,
  }
}

interface Event {
  request: Request
  params: { store_id: string }
  locals: App.Locals
}

/** A change of a rule that a button makes: its form names the rule and the version that was on screen. */
async function changed({ request, params: { store_id }, locals: { asker } }: Event) {
  await storeOf(asker, store_id)
  permitted(asker, 'change_rules', store_id)
  const form = await readForm(request)
  const id = form.text('id')
  const [rule] = await readSettings(connections().warehouse, 'rule', { store_id, id })
  const change = { asker, permission: 'change_rules', store_id, kind: 'rule', id, read_version: form.version } as const
  return { form, rule, id, change }
}

export const actions = {
  ...documentActions('rule', 'change_rules', readRule),
  switch: async (event: Event) => {
    const { form, rule, id, change } = await changed(event)
    if (!rule) return refuse({ message: m.alerts_rule_gone() })
    const value = { ...rule.value, enabled: form.text('enabled') === 'yes' }
    return answer(await changeSetting({ ...change, value }), { id })
  },
  quieten: async (event: Event) => {
    const { rule, id, change } = await changed(event)
    const value = rule && quieter(rule.value)
    if (!value) return refuse({ message: m.alerts_rule_gone() })
    return answer(await changeSetting({ ...change, value }), { id })
  },
  undo: async (event: Event) => {
    const { id, change } = await changed(event)
    return answer(await undoChange(change), { id })
  },
}
