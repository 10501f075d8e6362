import { nameToStore } from '@guanlan/warehouse/alerts/rule-name'
import { metricNames } from '@guanlan/warehouse/metrics/catalog'
import { slicesOf } from '@guanlan/warehouse/queries/query/plan'
import { watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../../connections.ts'
import type { Read } from '../../settings/document-actions.ts'
import type { Form } from '../../settings/form.ts'
import { fieldsOf } from '../../settings/refusal.ts'
import type { NamedStore } from '../../stores.ts'

/** A number as people type it; nothing for none. */
function numberOf(text: string): number | undefined {
  const plain = text.replace(/[,，\s]/g, '').replace(/[%％]$/, '')
  return plain === '' ? undefined : Number(plain)
}
const percentOf = (text: string) => {
  const value = numberOf(text)
  return value === undefined ? undefined : Math.round(value * 100) / 10_000
}

function conditionOf(form: Form): unknown {
  const type = form.text('condition')
  const number = (name: string) => numberOf(form.text(name))
  const for_points = number('for_points')
  switch (type) {
    case 'anomaly':
      return { type, direction: form.text('direction'), wanted_per_week: number('wanted_per_week') }
    case 'threshold':
      return { type, is: form.text('is'), value: number('value'), clear: number('clear'), for_points }
    case 'change':
      return { type, direction: form.text('direction'), by: percentOf(form.text('by_percent')), for_points }
    case 'share':
      return { type, above: percentOf(form.text('above_percent')), for_points }
    case 'forecast':
      return { type, below: percentOf(form.text('below_percent')) }
    default:
      return { type, minutes: number('minutes') }
  }
}

/** Filters of the form: so many rows of a dimension and its values. */
function filtersOf(form: Form): unknown[] {
  const values = form.all('filter_values')
  return form.all('filter_dimension').flatMap((dimension, at) => {
    const wanted = (values[at] ?? '').split(/[,，]+/).map((one) => one.trim()).filter(Boolean) // biome-ignore format: one pipe
    return dimension && wanted.length > 0 ? [['is', dimension, wanted]] : []
  })
}

/** The fields of the form by the paths of the schema. */
const fieldNames: Record<string, string> = {
  'condition.by': 'by_percent',
  'condition.above': 'above_percent',
  'condition.below': 'below_percent',
  'condition.type': 'condition',
  'escalate.after_minutes': 'after_minutes',
}
const fieldOf = (path: string): string =>
  fieldNames[path] ?? path.replace(/^condition\./, '').replace(/^(filters|notify|escalate)\..*$/, '$1')

/** What the shape of a rule alone does not say. */
function unfit({ metric, by, condition, filters }: ReturnType<typeof kinds.rule.parse>): Record<string, string> {
  const knows = slicesOf(metric) as readonly string[]
  const asked = filters.flatMap(([, name]) => (typeof name === 'string' ? [name] : []))
  return {
    ...(by && !knows.includes(by) && { by: m.alerts_wrong_slice() }),
    ...(condition.type === 'share' && !by && { by: m.alerts_wrong_share() }),
    ...(condition.type === 'forecast' && metric !== 'paid_gmv' && { metric: m.alerts_wrong_forecast() }),
    ...(asked.some((name) => !knows.includes(name)) && { filters: m.alerts_wrong_filter() }),
  }
}

/** The rule that a form speaks of; what a form does not show, as which ready-made one it is, stays. */
export async function readRule(form: Form, { store_id }: NamedStore): Promise<Read<'rule'>> {
  const id = form.text('id')
  const [before] = id ? await readSettings(connections().warehouse, 'rule', { store_id, id }) : []
  const metric = metricNames.find((name) => name === form.text('metric'))
  const by = watchedSlices.find((name) => name === form.text('by'))
  const after = numberOf(form.text('after_minutes'))
  const draft = kinds.rule.safeParse({
    ...{
      name: nameToStore(form.text('name'), before?.value.preset),
      metric,
      grain: form.text('grain'),
      severity: form.text('severity'),
    },
    ...(by && { by, least: numberOf(form.text('least')) ?? 0 }),
    // What the form cannot show it does not change.
    filters: [...filtersOf(form), ...(before?.value.filters ?? []).filter(([op]) => op !== 'is')],
    condition: conditionOf(form),
    notify: form.all('notify').filter(Boolean),
    ...(after !== undefined && {
      escalate: { after_minutes: after, notify: form.all('escalate_notify').filter(Boolean) },
    }),
    owner: form.text('owner'),
    enabled: form.has('enabled'),
    ...(before?.value.preset && { preset: before.value.preset }),
  })
  if (!draft.success) {
    const told = Object.entries(fieldsOf(draft.error)).map(([path, text]): [string, string] => [fieldOf(path), text])
    return { fields: Object.fromEntries(told) }
  }
  const fields = unfit(draft.data)
  return Object.keys(fields).length > 0 ? { fields } : { value: draft.data }
}
