import type { Language } from './numbers.ts'

const tags = { zh: 'zh-CN', en: 'en' } as const
const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** How long ago something was, in its widest whole unit: 3秒前, 5分钟前, 2d ago. What lies ahead was just now. */
export function ageText(language: Language, seconds: number): string {
  const age = Math.max(0, Math.floor(seconds))
  const [unit, length] = steps.find(([, size]) => age >= size) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(tags[language], { style: 'narrow' }).format(-Math.floor(age / length), unit)
}

/** What a clock on the wall shows at an instant in a time zone: 09:05:07, or 09:05. */
export function clockText(at: number, timeZone: string, withSeconds = true): string {
  const options: Intl.DateTimeFormatOptions = { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }
  return new Intl.DateTimeFormat('en-GB', { ...options, ...(withSeconds && { second: '2-digit' }) }).format(at)
}
