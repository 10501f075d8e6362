import { numberFormat as format, type Language } from './intl.ts'

export type Unit = 'count' | 'money' | 'ratio' | 'seconds' | 'milliseconds' | 'score'

/** What stands where there is no number: a ratio without a denominator, a change without a past. */
const nothing = '–'

const money = (currency: string) => ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' }) as const
/** From here on a number is told in 万 and 亿, or K and M. */
const large = 10_000
/** From here on cents no longer matter where room is short. */
const thousand = 1000

/** The formats of one reader and one store's currency. */
export function numberFormats(language: Language, currency: string) {
  const compact = (options: Intl.NumberFormatOptions) =>
    format(language, {
      ...options,
      notation: 'compact',
      minimumFractionDigits: 0,
      maximumFractionDigits: 2,
      maximumSignificantDigits: 4,
      roundingPriority: 'lessPrecision',
    })

  const milliseconds = (value: number) =>
    format(language, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }).format(value)

  /** To the last digit that matters, as tables and titles tell it. */
  const exact = (value: number | null, unit: Unit): string => {
    if (value === null) return nothing
    if (unit === 'money') return format(language, money(currency)).format(value)
    if (unit === 'ratio') return format(language, { style: 'percent', maximumFractionDigits: 2 }).format(value)
    if (unit === 'seconds') return duration(value)
    if (unit === 'milliseconds') return milliseconds(value)
    return format(language, { maximumFractionDigits: 2 }).format(value)
  }

  /** Short enough for a tile: 20.44万, ¥1.23亿. */
  const short = (value: number | null, unit: Unit): string => {
    if (value === null) return nothing
    if (unit === 'ratio') {
      const digits = Math.abs(value) < 0.1 ? 2 : 1
      return format(language, { style: 'percent', maximumFractionDigits: digits }).format(value)
    }
    if (unit === 'seconds' || unit === 'milliseconds' || Math.abs(value) < thousand) return exact(value, unit)
    if (Math.abs(value) < large) {
      return format(language, { ...(unit === 'money' && money(currency)), maximumFractionDigits: 0 }).format(value)
    }
    return compact(unit === 'money' ? money(currency) : {}).format(value)
  }

  /** For an axis: no more digits than its ticks need. */
  const tick = (value: number, unit: Unit): string => {
    if (unit === 'ratio') return format(language, { style: 'percent', maximumFractionDigits: 1 }).format(value)
    if (unit === 'seconds') return duration(value)
    if (unit === 'milliseconds') return milliseconds(value)
    return compact(unit === 'money' ? money(currency) : {}).format(value)
  }

  /** With its sign, also when it is positive. */
  const signed = (value: number | null, unit: Unit): string => {
    if (value === null) return nothing
    const sign = value > 0 ? '+' : value < 0 ? '−' : ''
    return sign + short(Math.abs(value), unit)
  }

  /** How much a number has changed, as in +12.3%; nothing without a past. */
  const change = (value: number | null, before: number | null | undefined): string => {
    const ratio = changeRatio(value, before)
    if (ratio === null) return nothing
    if (ratio > 9.99) return `>${format(language, { style: 'percent' }).format(9.99)}`
    const text = format(language, { style: 'percent', maximumFractionDigits: 1 }).format(Math.abs(ratio))
    return (ratio > 0 ? '+' : ratio < 0 ? '−' : '') + text
  }

  return { language, currency, exact, short, tick, signed, change }
}
export type NumberFormats = ReturnType<typeof numberFormats>

/** (value − before) ÷ |before|; null where there is nothing to divide by. */
export function changeRatio(value: number | null, before: number | null | undefined): number | null {
  if (value === null || before === null || before === undefined || before === 0) return null
  return (value - before) / Math.abs(before)
}

function duration(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  const two = (n: number) => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
