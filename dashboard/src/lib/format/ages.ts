import { agoFormat, type Language, numberFormat } from './intl.ts'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A stretch of time in its largest whole unit; what lies ahead is none. */
function inUnits(seconds: number) {
  const whole = Math.max(0, Math.floor(seconds))
  const [unit, size] = units.find(([, each]) => whole >= each) ?? (['second', 1] as const)
  return { unit, count: Math.floor(whole / size) }
}

/** How long ago something was: 3分钟前, 2 days ago; where room is short 3分钟前, 2d ago. */
export function agoText(language: Language, seconds: number, style: 'long' | 'narrow' = 'long'): string {
  const { unit, count } = inUnits(seconds)
  return agoFormat(language, { style }).format(-count, unit)
}

/** How long something took: 3分钟, 2 days. */
export function durationText(language: Language, seconds: number): string {
  const { unit, count } = inUnits(seconds)
  return numberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

/** Seconds from an instant to a moment of `Date.now()`. */
export const secondsSince = (iso: string, now: number): number => (now - Date.parse(iso)) / 1000
