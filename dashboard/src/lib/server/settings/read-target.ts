import { type MetricName, metricNames, metrics } from '@guanlan/warehouse/metrics/catalog'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { addDays, dayIn } from '#lib/period/days.ts'
import { targetDays, targetSpans } from '#lib/settings/target-span.ts'
import { connections } from '../connections.ts'
import type { NamedStore } from '../stores.ts'
import type { Read } from './document-actions.ts'
import type { Form } from './form.ts'

/** What can be a target: what adds up over days, more of which is better. */
export const targetMetrics: MetricName[] = metricNames.filter((name) => {
  const { additive, unit, better } = metrics[name]
  return additive && better === 'up' && (unit === 'money' || unit === 'count')
})

/** The target that a form speaks of. */
export async function readTarget(form: Form, store: NamedStore): Promise<Read<'target'>> {
  const metric = targetMetrics.find((name) => name === form.text('metric'))
  const value = Number(form.text('value').replace(/[,，\s]/g, ''))
  const days = await daysOf(form, store)
  const fields = {
    ...(!metric && { metric: m.settings_wrong() }),
    ...(!(value > 0 && value < 1e15) && { value: m.settings_target_wrong_value() }),
    ...(!days && { days: m.settings_target_wrong_days() }),
  }
  return metric && days && Object.keys(fields).length === 0
    ? { value: { metric, value, from: days.from, to: days.to } }
    : { fields }
}

async function daysOf(form: Form, store: NamedStore) {
  const span = targetSpans.find((each) => each === form.text('span'))
  if (!span) return undefined
  if (span === 'campaign') {
    const where = { store_id: store.store_id, id: form.text('campaign') }
    const [campaign] = await readSettings(connections().warehouse, 'campaign', where)
    if (!campaign) return undefined
    const { starts_at, ends_at } = campaign.value
    const last = dayIn(store.time_zone, new Date(Date.parse(ends_at) - 1))
    return { from: dayIn(store.time_zone, new Date(starts_at)), to: addDays(last, 1) }
  }
  const [day, month, from, last] = [form.text('day'), form.text('month'), form.text('from'), form.text('last')]
  return targetDays(span, { day, month, from, last })
}
