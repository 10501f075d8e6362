import { openAddress, sealAddress } from '@guanlan/warehouse/alerts/address'
import { contactPointTypes } from '@guanlan/warehouse/settings/alerting'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../../connections.ts'
import type { Read } from '../../settings/document-actions.ts'
import type { Form } from '../../settings/form.ts'
import { fieldsOf } from '../../settings/refusal.ts'
import type { NamedStore } from '../../stores.ts'
import { hintOf } from './hint-of.ts'
import { readAddress } from './read-address.ts'

/** An address that was sealed with another SECRET_KEY is typed anew. */
function opened(...[type, sealed, key]: Parameters<typeof openAddress>) {
  try {
    return openAddress(type, sealed, key)
  } catch {
    return undefined
  }
}

/** The contact point that a form speaks of, its address sealed; of one that is changed, what was left empty stays. */
export async function readContactPoint(form: Form, { store_id }: NamedStore): Promise<Read<'contact_point'>> {
  const { warehouse, env } = connections()
  const id = form.text('id')
  const all = await readSettings(warehouse, 'contact_point', { store_id })
  const before = all.find((one) => one.id === id)?.value
  const type = before?.type ?? contactPointTypes.find((each) => each === form.text('type'))
  if (!type) return { fields: { type: m.settings_wrong() } }
  if (!env.SECRET_KEY) return { fields: { url: m.alerts_no_secret_key() } }
  const read = readAddress(type, form, before && opened(type, before.sealed, env.SECRET_KEY))
  const fallback = all.find((one) => one.id === form.text('fallback') && one.id !== id)?.id
  const draft = kinds.contact_point.safeParse({
    ...{ name: form.text('name'), type, sealed: '', hint: '' },
    mention: form.text('mention').split(/[\s,，]+/).filter(Boolean), // biome-ignore format: one pipe
    ...{ is_default: form.has('is_default'), enabled: form.has('enabled') },
    language: form.text('language') === 'en' ? 'en' : 'zh',
    ...(fallback && { fallback }),
  })
  const fields = { ...(!draft.success && fieldsOf(draft.error)), ...('fields' in read && read.fields) }
  if (!draft.success || 'fields' in read) return { fields }
  const { address } = read
  return {
    value: { ...draft.data, sealed: sealAddress(type, address, env.SECRET_KEY), hint: hintOf(type, address) },
  }
}
