import { kinds } from '@guanlan/warehouse/settings/kinds'
import { annotationTypes } from '@guanlan/warehouse/settings/planning'
import { m } from '#lib/paraglide/messages.js'
import type { NamedStore } from '../stores.ts'
import type { Read } from './document-actions.ts'
import type { Form } from './form.ts'
import { instantAt } from './instant-at.ts'
import { fieldsOf } from './refusal.ts'

/** The annotation that a form speaks of: of this moment, or of a time by the store's clock. */
export function readAnnotation(form: Form, { time_zone }: NamedStore): Read<'annotation'> {
  const at = form.text('when') === 'now' ? new Date().toISOString() : instantAt(form.text('at'), time_zone)
  if (!at) return { fields: { at: m.settings_wrong_time() } }
  const type = annotationTypes.find((each) => each === form.text('type'))
  const parsed = kinds.annotation.safeParse({ at, type, text: form.text('text') })
  return parsed.success ? { value: parsed.data } : { fields: fieldsOf(parsed.error) }
}
