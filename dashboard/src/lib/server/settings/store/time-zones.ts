import { dateFormat, type Language } from '#lib/format/intl.ts'

export interface TimeZone {
  name: string
  /** What people call it, and how far it is from UTC now. */
  label: string
}

const lists = new Map<Language, TimeZone[]>()

/** Every time zone there is, in the reader's language; the offsets are those of the day the server was started. */
export function timeZones(language: Language, now = new Date()): TimeZone[] {
  const known = lists.get(language)
  if (known) return known
  const part = (name: string, timeZoneName: 'longGeneric' | 'longOffset') =>
    dateFormat(language, { timeZone: name, timeZoneName })
      .formatToParts(now)
      .find(({ type }) => type === 'timeZoneName')?.value ?? name
  const list = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((name) => ({
    name,
    label: `${part(name, 'longGeneric')} ${part(name, 'longOffset')}`,
  }))
  lists.set(language, list)
  return list
}
