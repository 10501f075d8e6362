import { timeZone } from '@guanlan/warehouse/instant'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { mayTakeCurrency } from '@guanlan/warehouse/stores/may-take-currency'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../../auth/asker.ts'
import { connections } from '../../connections.ts'
import { changeSetting, permitted } from '../change-setting.ts'
import type { Form } from '../form.ts'
import type { Refusal } from '../refusal.ts'

/**
 * Changes what a store is called, whose days it has, its money and whose sessions it trusts.
 * @returns the version written, why not, or which zone or way of sessions is to be confirmed first
 */
export async function saveStore(
  asker: Asker | undefined,
  store_id: string,
  form: Form,
): Promise<{ version: number } | (Refusal & { confirm?: ('time_zone' | 'sessions')[] })> {
  permitted(asker, 'change_store', store_id)
  const { warehouse } = connections()
  const [stands] = await readSettings(warehouse, 'store', { store_id, id: store_id })
  if (!stands) return { message: m.settings_store_gone() }
  const value = {
    name: form.text('name'),
    time_zone: form.text('time_zone'),
    currency: form.text('currency').toUpperCase(),
    trusts_sender_sessions: form.has('trusts_sender_sessions'),
  }
  const fields = storeFields(value)
  if (fields) return { fields }
  const { currency } = stands.value
  if (!(await mayTakeCurrency(warehouse, { store_id, from: currency, to: value.currency }))) {
    return { fields: { currency: m.settings_store_currency_fixed({ currency }) } }
  }
  const confirm = [
    ...(value.time_zone === stands.value.time_zone ? [] : (['time_zone'] as const)),
    ...(value.trusts_sender_sessions === stands.value.trusts_sender_sessions ? [] : (['sessions'] as const)),
  ]
  if (confirm.length > 0 && !form.has('confirmed')) return { confirm }
  return changeSetting({
    ...{ asker, permission: 'change_store', store_id, kind: 'store', id: store_id },
    read_version: form.version,
    value,
  })
}

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** What is wrong with a store's zone and currency, in words. */
export function storeFields(value: { time_zone: string; currency: string }): Record<string, string> | undefined {
  const fields: Record<string, string> = {}
  if (!timeZone.safeParse(value.time_zone).success) fields.time_zone = m.settings_store_wrong_zone()
  if (!currencies.has(value.currency)) fields.currency = m.settings_store_wrong_currency()
  return Object.keys(fields).length > 0 ? fields : undefined
}
