import { metrics } from '@guanlan/warehouse/metrics/catalog'
import { momentText } from '#lib/format/dates.ts'
import { type Language, numberFormat } from '#lib/format/intl.ts'
import { m } from '#lib/paraglide/messages.js'
import {
  annotationTypeLabels,
  campaignTypeLabels,
  purposeLabels,
  roleLabels,
  scopeLabels,
} from '#lib/settings/labels.ts'

/** Who reads: in which language, and by which clock. */
export interface Reader {
  language: Language
  time_zone: string
}

const words: Record<string, () => string> = {
  ...roleLabels,
  ...scopeLabels,
  ...annotationTypeLabels,
  ...campaignTypeLabels,
  ...purposeLabels,
}
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** A value of a setting as people say it; a dash for none. */
export function valueWords(field: string, value: unknown, reader: Reader): string {
  if (value === undefined || value === null || value === '') return '–'
  if (typeof value === 'boolean') return value ? m.settings_yes() : m.settings_no()
  if (typeof value === 'number') return numberFormat(reader.language, {}).format(value)
  if (typeof value === 'string') return textWords(field, value, reader)
  if (Array.isArray(value)) {
    return value.length === 0 ? '–' : value.map((each) => valueWords(field, each, reader)).join(', ')
  }
  const entries = Object.entries(value)
  if (field === 'roles') {
    const place = (name: string) => (name === '*' ? m.settings_all_stores() : name)
    return entries.map(([name, role]) => `${place(name)}: ${valueWords('role', role, reader)}`).join(', ') || '–'
  }
  return JSON.stringify(value)
}

function textWords(field: string, value: string, reader: Reader): string {
  if (['role', 'scope', 'type', 'purpose'].includes(field)) return words[value]?.() ?? value
  if (field === 'metric' && Object.hasOwn(metrics, value)) {
    return metrics[value as keyof typeof metrics].label[reader.language]
  }
  return instant.test(value) ? momentWords(value, reader) : value
}

/** A moment by the store's clock. */
export const momentWords = (iso: string, { language, time_zone }: Reader): string =>
  momentText(language, iso, { timeZone: time_zone, year: true })
