import { watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { m } from '#lib/paraglide/messages.js'
import type { Read } from '../../settings/document-actions.ts'
import type { Form } from '../../settings/form.ts'
import { instantAt } from '../../settings/instant-at.ts'
import { fieldsOf } from '../../settings/refusal.ts'
import type { NamedStore } from '../../stores.ts'

/** The silence that a form speaks of; its times are those of the store's clock. */
export function readSilence(form: Form, { time_zone }: NamedStore): Read<'silence'> {
  const starts_at = instantAt(form.text('starts_at'), time_zone)
  const ends_at = instantAt(form.text('ends_at'), time_zone)
  const dimension = watchedSlices.find((name) => name === form.text('dimension'))
  const value = form.text('value')
  const isQuiet = form.has('quiet')
  const weekdays = form.all('weekdays').map(Number)
  const fields = {
    ...(form.text('reason') === '' && { reason: m.settings_wrong_empty() }),
    ...(!starts_at && { starts_at: m.settings_wrong_time() }),
    ...(!ends_at && { ends_at: m.settings_wrong_time() }),
    ...(starts_at &&
      ends_at &&
      Date.parse(starts_at) >= Date.parse(ends_at) && { ends_at: m.settings_campaign_wrong_end() }),
    ...(dimension && value === '' && { value: m.settings_wrong_empty() }),
    ...(isQuiet && weekdays.length === 0 && { weekdays: m.alerts_wrong_weekdays() }),
    ...(isQuiet && form.text('from') === form.text('to') && { to: m.alerts_wrong_hours() }),
  }
  if (Object.keys(fields).length > 0) return { fields }
  const parsed = kinds.silence.safeParse({
    ...{ reason: form.text('reason'), rules: form.all('rules').filter(Boolean), starts_at, ends_at },
    ...(dimension && { slice: { dimension, value } }),
    ...(isQuiet && { hours: { from: form.text('from'), to: form.text('to'), weekdays } }),
  })
  return parsed.success ? { value: parsed.data } : { fields: fieldsOf(parsed.error) }
}
