import type { Language } from '#lib/format/intl.ts'

/** A Monday. */
const monday = Date.UTC(2024, 0, 1)

/** Monday to Sunday. */
export const weekdayNames = (language: Language): string[] => {
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { weekday: 'short', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, day) => format.format(monday + day * 86_400_000))
}
