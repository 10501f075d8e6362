import { kinds } from '@guanlan/warehouse/settings/kinds'
import { campaignTypes } from '@guanlan/warehouse/settings/planning'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../connections.ts'
import type { NamedStore } from '../stores.ts'
import type { Read } from './document-actions.ts'
import type { Form } from './form.ts'
import { instantAt } from './instant-at.ts'
import { fieldsOf } from './refusal.ts'

/**
 * The planned promotion that a form speaks of; its times are those of the store's clock. What the system that plans it has
 * told of it stays known: the same record, sent again, is no newer than the form.
 */
export async function readCampaign(form: Form, { store_id, time_zone }: NamedStore): Promise<Read<'campaign'>> {
  const starts_at = instantAt(form.text('starts_at'), time_zone)
  const ends_at = instantAt(form.text('ends_at'), time_zone)
  const type = campaignTypes.find((each) => each === form.text('type'))
  const fields = {
    ...(form.text('name') === '' && { name: m.settings_wrong_empty() }),
    ...(!type && { type: m.settings_wrong() }),
    ...(!starts_at && { starts_at: m.settings_wrong_time() }),
    ...(!ends_at && { ends_at: m.settings_wrong_time() }),
    ...(starts_at &&
      ends_at &&
      Date.parse(starts_at) >= Date.parse(ends_at) && { ends_at: m.settings_campaign_wrong_end() }),
  }
  if (Object.keys(fields).length > 0) return { fields }
  const utm_campaigns = [
    ...new Set(
      form
        .text('utm_campaigns')
        .split(/[\n,，]+/)
        .map((one) => one.trim()),
    ),
  ].filter(Boolean)
  const id = form.text('id')
  const [stands] = id === '' ? [] : await readSettings(connections().warehouse, 'campaign', { store_id, id })
  const parsed = kinds.campaign.safeParse({
    ...{
      updated_at: stands?.value.updated_at,
      name: form.text('name'),
      type,
      starts_at,
      ends_at,
      utm_campaigns,
      note: form.text('note'),
    },
  })
  return parsed.success ? { value: parsed.data } : { fields: byField(fieldsOf(parsed.error)) }
}

/** A wrong one of several values is told beside the field of all. */
const byField = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([path, message]) => [path.split('.')[0] ?? path, message]))
