import { metricNames } from '@guanlan/warehouse/metrics/catalog'
import { watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { m } from '#lib/paraglide/messages.js'
import type { Read } from '../settings/document-actions.ts'
import type { Form } from '../settings/form.ts'
import { fieldsOf } from '../settings/refusal.ts'

const factors = ['visitors', 'conversion_rate', 'spend_per_buyer'] as const
const groups = ['public', 'private'] as const

/** The line of the playbook that a form speaks of; one text stands for both languages where the other is empty. */
export function readPlaybook(form: Form): Read<'playbook'> {
  const named = <Name extends string>(names: readonly Name[], field: string) =>
    names.find((name) => name === form.text(field))
  const metric = named(metricNames, 'metric')
  const factor = named(factors, 'factor')
  const dimension = named(watchedSlices, 'dimension')
  const channel_group = named(groups, 'channel_group')
  const value = form.text('value')
  const [zh, en] = [form.text('zh') || form.text('en'), form.text('en') || form.text('zh')]
  if (zh === '') return { fields: { zh: m.settings_wrong_empty() } }
  const parsed = kinds.playbook.safeParse({
    when: {
      direction: named(['drop', 'spike', 'both'], 'direction') ?? 'both',
      ...(metric && { metric }),
      ...(factor && { factor }),
      ...(dimension && { dimension, ...(value && { value }) }),
      ...(channel_group && { channel_group }),
    },
    text: { zh, en },
    place: Number(form.text('place') || 100),
  })
  if (parsed.success) return { value: parsed.data }
  const told = Object.entries(fieldsOf(parsed.error)).map(([path, text]): [string, string] => [path.replace(/^(when|text)\./, ''), text]) // biome-ignore format: one pipe
  return { fields: Object.fromEntries(told) }
}
