import { type Language, numberFormat } from './intl.ts'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** How long something lasted in its two widest units, for who must tell 70 minutes from two hours: 1小时10分钟, 1 hr 10 min. */
export function lastedText(language: Language, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const first = units.findIndex(([, size]) => whole >= size)
  let left = whole
  const parts = units.slice(first < 0 ? 3 : first, first < 0 ? 4 : first + 2).flatMap(([unit, size], at) => {
    const count = Math.floor(left / size)
    left -= count * size
    // Seconds matter in the first minute alone.
    if (at > 0 && (count === 0 || unit === 'second')) return []
    return numberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count)
  })
  return parts.join(language === 'zh' ? '' : ' ')
}
