import type { Language } from './numbers.ts'

const tags = { zh: 'zh-CN', en: 'en' } as const

/**
 * A moment by a store's clock, to the second: `11月11日 20:00:05`. The clock is always of 24 hours.
 * @param iso an instant
 */
export function momentText(language: Language, iso: string, timeZone: string): string {
  const at = new Date(iso)
  const day = new Intl.DateTimeFormat(tags[language], { timeZone, month: 'short', day: 'numeric' }).format(at)
  return `${day} ${clockText(iso, timeZone)}`
}

/** The time of day of a moment by a store's clock, to the second: `20:00:05`. */
export const clockText = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).format(new Date(iso))

const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** How long ago a moment was, in the largest whole unit: `3分钟前`; what is just now or to come is `0秒前`. */
export function agoText(language: Language, iso: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000))
  const [unit, size] = steps.find(([, each]) => seconds >= each) ?? (['second', 1] as const)
  return new Intl.RelativeTimeFormat(tags[language]).format(-Math.floor(seconds / size), unit)
}

/** A stretch of time in its largest whole unit: `3分钟`. */
export function spanText(language: Language, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [unit, size] = steps.find(([, each]) => whole >= each) ?? (['second', 1] as const)
  return new Intl.NumberFormat(tags[language], { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.floor(whole / size),
  )
}
