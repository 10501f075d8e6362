import { channels } from '@guanlan/warehouse/channels'
import type { Language } from '#lib/format/intl.ts'
import { type EventField, eventFields } from '#lib/funnel/fields.ts'
import { dimensionLabel, valueLabel } from '../words.ts'

/** What fields and their values are called, as far as they have another name than their own. */
export interface FunnelWords {
  fields: Record<EventField, string>
  values: Partial<Record<string, Record<string, string>>>
}

const named = {
  channel: channels.map(({ name }) => name),
  channel_group: ['public', 'private', 'unattributed'],
  device: ['phone', 'tablet', 'desktop', 'other'],
} as const

/** The words of the funnel page in a language. */
export const funnelWords = (language: Language): FunnelWords => ({
  fields: Object.fromEntries(
    eventFields.map((name) => [name, dimensionLabel(name, language)]),
  ) as FunnelWords['fields'],
  values: Object.fromEntries(
    (['channel', 'channel_group', 'device'] as const).map((name) => [
      name,
      Object.fromEntries(named[name].map((value) => [value, valueLabel(name, value, language)])),
    ]),
  ),
})
